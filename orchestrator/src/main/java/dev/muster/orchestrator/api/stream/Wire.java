package dev.muster.orchestrator.api.stream;

import dev.muster.orchestrator.api.stream.Telling.Event;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// How a reader of events is told.
interface Wire {
  /// @param id null where there is nothing to resume after
  /// @param json the data
  void event(String name, @Nullable Long id, String json);

  /// What others may hear, too.
  void tell(Telling telling);

  /// It goes on where it ended.
  void resumed(long after);

  /// There is nothing to say; only writing shows whether the reader is still there.
  void silence();

  boolean isEmpty();

  /// All that was said since this was asked last.
  ByteString take();

  /// `text/event-stream`.
  static Wire events() {
    return new Wire() {
      private ByteString out = ByteString.emptyByteString();

      @Override
      public void event(String name, @Nullable Long id, String json) {
        say(new Event(name, id, json).text());
      }

      @Override
      public void tell(Telling telling) {
        out = out.concat(telling.bytes());
      }

      @Override
      public void resumed(long after) {
        say(": resumed after " + after + "\n\n");
      }

      @Override
      public void silence() {
        say(":\n\n");
      }

      private void say(String text) {
        out = out.concat(ByteString.fromString(text));
      }

      @Override
      public boolean isEmpty() {
        return out.isEmpty();
      }

      @Override
      public ByteString take() {
        var said = out;
        out = ByteString.emptyByteString();
        return said;
      }
    };
  }
}
