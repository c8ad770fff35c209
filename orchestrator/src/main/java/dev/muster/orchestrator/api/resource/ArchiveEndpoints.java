package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;
import static dev.muster.orchestrator.api.exchange.Endpoint.post;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.api.identity.Authority;
import dev.muster.orchestrator.usecase.DeliveredFiles;
import dev.muster.orchestrator.usecase.RunArchive;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.orchestrator.usecase.SentTargets;
import dev.muster.orchestrator.usecase.Why;
import dev.muster.protocol.proof.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.apache.pekko.util.ByteString;

/// For whoever shares no disk with this node: targets come in as archives, results and deliverables
/// go out as some. Both ways say what they hold (`Content-Digest`, RFC 9530).
public final class ArchiveEndpoints {
  private static final String ZIP = "application/zip";
  private static final String BYTES = "application/octet-stream";
  private static final String GZIP = "application/gzip";
  private static final String DIGEST = "Content-Digest";

  private final Api api;
  private final RunLookup lookup;

  public ArchiveEndpoints(Api api, RunLookup lookup) {
    this.api = api;
    this.lookup = lookup;
  }

  public List<Endpoint> all() {
    return List.of(
        post("/api/v1/targets", this::target).taking(SentTargets.BYTES_MAX).takingA(GZIP),
        get("/api/v1/runs/{run}/archive", this::run).answering(ZIP),
        get("/api/v1/runs/{run}/workers/{worker}/archive", this::worker).answering(ZIP),
        get("/api/v1/runs/{run}/workers/{worker}/file", this::file).answering(BYTES),
        get("/api/v1/runs/{run}/workers/{worker}/diff", this::diff));
  }

  private Answer diff(Call call) {
    var against = call.query("against");
    new Authority(api).checkOther(call.principal(), against);
    return Answer.ok(files().diff(call.part("run"), call.part("worker"), path(call), against));
  }

  private Answer target(Call call) {
    var archive = call.body().toArrayUnsafe();
    var said = call.header("content-digest");
    var found = digest(Sha256.of(archive));
    if (said != null && !said.equals(found)) {
      throw ProblemException.of(
          400, "digest-differs", "expected %s, found %s: send it again".formatted(said, found));
    }
    return Answer.json(201, api.targets().keep(archive));
  }

  private DeliveredFiles files() {
    return new DeliveredFiles(lookup, api.results().artifacts());
  }

  private static String path(Call call) {
    var path = call.query("path");
    if (path != null && !path.isEmpty()) return path;
    throw ProblemException.of(
        400, "invalid-query", "expected ?path=, a file that the worker's receipt lists");
  }

  /// One file that was delivered, compared with its digest, and never for a browser to show.
  private Answer file(Call call) {
    var found = files().find(call.part("run"), call.part("worker"), path(call));
    try {
      var file = Files.createTempFile("muster-file-", ".part");
      try {
        api.results().artifacts().fetch(found.sha256(), file);
      } catch (IOException e) {
        discard(file);
        throw e;
      }
      var name = found.path().replaceAll(".*/", "").replaceAll("[^A-Za-z0-9._-]", "_");
      return content(call, file, BYTES)
          .with("Content-Disposition", "attachment; filename=\"" + name + "\"")
          .with(DIGEST, digest(found.sha256()));
    } catch (IOException e) {
      throw ProblemException.of(
          404, "no-content", "what was delivered is no longer kept: " + e.getMessage());
    }
  }

  private Answer run(Call call) {
    var run = lookup.run(lookup.existing(call.part("run")));
    var results = run.results();
    var file = RunArchive.of(run.id(), results == null ? null : results.folder());
    return zip(call, file, run.id());
  }

  private Answer worker(Call call) {
    var run = lookup.existing(call.part("run"));
    var worker = lookup.worker(run, call.part("worker")).id();
    var name = run + "-" + worker;
    var file = RunArchive.of(name, to -> api.results().writeWorker(run, worker, to));
    return zip(call, file, name);
  }

  private static Answer zip(Call call, Path file, String name) {
    try {
      var digest = digest(Sha256.of(file));
      return headed(content(call, file, ZIP), name).with(DIGEST, digest);
    } catch (IOException e) {
      discard(file);
      throw ProblemException.of(503, "no-archive", "what was packed cannot be read: " + Why.of(e));
    }
  }

  private static Answer headed(Answer answer, String name) {
    return answer.with("Content-Disposition", "attachment; filename=\"" + name + ".zip\"");
  }

  private static Answer content(Call call, Path file, String type) {
    if (call.method().equals("HEAD")) {
      discard(file);
      return Answer.whole(200, type, ByteString.emptyByteString());
    }
    return Answer.stream(
        type,
        StreamConverters.fromInputStream(
                () -> Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE))
            .mapMaterializedValue(_ -> NotUsed.getInstance()));
  }

  private static String digest(String sha256) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":";
  }

  private static void discard(Path file) {
    try {
      Files.delete(file);
    } catch (IOException _) {
      // The system's folder for such files is emptied by others.
    }
  }
}
