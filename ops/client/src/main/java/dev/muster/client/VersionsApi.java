package dev.muster.client;

import dev.muster.protocol.view.InstructionVersion;
import dev.muster.protocol.view.VersionDiff;
import java.util.stream.Stream;

/// The texts that one instruction of a workforce has had, as resources of the API.
public final class VersionsApi {
  private final NodeClient client;
  private final String path;

  VersionsApi(NodeClient client, String workforce, String worker) {
    this.client = client;
    this.path =
        "/instructions/%s/%s/versions".formatted(Api.segment(workforce), Api.segment(worker));
  }

  /// Those that are known, the last used first.
  public Stream<Fetched<InstructionVersion>> all() {
    return client.list(path + "?limit=200", InstructionVersion.class);
  }

  public String text(String digest) {
    return client.text(path + "/" + Api.segment(digest), "text/markdown");
  }

  /// What is different from one of them to another.
  public Fetched<VersionDiff> diff(String from, String to) {
    return diff(from, "to", to);
  }

  /// What is different from one of them to a text that need not be one.
  public Fetched<VersionDiff> diffTo(String from, String text) {
    return diff(from, "text", text);
  }

  private Fetched<VersionDiff> diff(String from, String field, String value) {
    var body = Json.MAPPER.createObjectNode().put(field, value);
    return client.post(path + "/" + Api.segment(from) + "/diff", body, VersionDiff.class);
  }
}
