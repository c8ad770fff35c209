package dev.muster.orchestrator.api.stream;

import dev.muster.orchestrator.readside.view.Json;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// JSON, an event a line, for a socket that several subscriptions share.
final class Frames implements Wire {
  private final String begin;
  private final StringBuilder out = new StringBuilder();
  private boolean asked;

  /// @param subscription as the client called it
  Frames(String subscription) {
    this.begin = "{\"subscription\":" + Json.text(subscription) + ",\"event\":";
  }

  @Override
  public void event(String name, @Nullable Long id, String json) {
    if (!out.isEmpty()) out.append('\n');
    out.append(begin).append('"').append(name).append('"');
    if (id != null) out.append(",\"id\":\"").append(id).append('"');
    out.append(",\"data\":").append(json).append('}');
  }

  @Override
  public void tell(Telling telling) {
    telling.events().forEach(it -> event(it.name(), it.id(), it.json()));
  }

  @Override
  public void resumed(long after) {
    event("resumed", after, "{}");
  }

  /// The protocol has pings for that.
  @Override
  public void silence() {
    asked = true;
  }

  @Override
  public boolean isEmpty() {
    return out.isEmpty() && !asked;
  }

  @Override
  public ByteString take() {
    var said = ByteString.fromString(out.toString());
    out.setLength(0);
    asked = false;
    return said;
  }
}
