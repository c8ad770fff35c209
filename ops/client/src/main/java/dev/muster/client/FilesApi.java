package dev.muster.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.protocol.view.FileDiff;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is sent to a node, and fetched from it, as files: instructions, targets and results.
public final class FilesApi {
  private static final long ARCHIVE_BYTES_MAX = 1L << 30;

  private final NodeClient client;

  FilesApi(NodeClient client) {
    this.client = client;
  }

  /// Sends instructions to a node that shares no disk with this machine.
  ///
  /// @param name of the workforce
  /// @param texts by their paths in it
  /// @return what would become of them; `folder` is what a run is to name
  public JsonNode sendFolder(String name, Map<String, String> texts) {
    var body = Json.MAPPER.createObjectNode().put("name", name);
    texts.keySet().forEach(body.putArray("paths")::add);
    texts.values().forEach(body.putArray("texts")::add);
    return client.post("/folders", body);
  }

  /// Sends a target as an archive (tar, gzip).
  ///
  /// @return the digest that a run names as its `targetArtifact`
  public String sendTarget(Path archive) throws IOException {
    var digest = Download.digestOf(archive);
    var body = BodyPublishers.ofFile(archive);
    return client
        .post("/targets", "application/gzip", () -> body, Download.DIGEST, digest)
        .path("targetArtifact")
        .asText();
  }

  /// Fetches results as an archive (zip), and puts it in its place when it is whole.
  ///
  /// @param worker null for the whole run; else what that worker has delivered
  public void archive(String run, @Nullable String worker, Path to) {
    var of = worker == null ? "/runs/" + Api.segment(run) : Api.workerPath(run, worker);
    Download.save(client, of + "/archive", to, ARCHIVE_BYTES_MAX);
  }

  /// Writes the results of a run again.
  ///
  /// @param to absolute; null for where they belong
  public JsonNode writeResults(String run, @Nullable String to) {
    var body = Json.MAPPER.createObjectNode();
    if (to != null) {
      body.put("to", to);
    }
    return client.post("/runs/" + Api.segment(run) + "/results", body);
  }

  /// What the node keeps of the run in files beside the journal.
  public JsonNode disk(String run) {
    return client.get("/runs/" + Api.segment(run) + "/disk");
  }

  /// What is different in a file that a worker has delivered.
  ///
  /// @param against another run; null for what the worker itself found
  public Fetched<FileDiff> diff(String run, String worker, String path, @Nullable String against) {
    var query =
        "?path=" + Api.segment(path) + (against == null ? "" : "&against=" + Api.segment(against));
    return client.get(Api.workerPath(run, worker) + "/diff" + query, FileDiff.class);
  }
}
