package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.planned;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.orchestrator.security.identity.Role;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.Completed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What workers have delivered, one file at a time, and what they have changed in it.
class DeliveredFilesTest {
  private static final String WORKERS = "/api/v1/runs/" + Journal.RUN + "/workers/";

  @TempDir private static Path data;
  @TempDir private static Path target;
  private static TestServer server;

  @BeforeAll
  static void open() throws Exception {
    server = new TestServer(data);
    var plan =
        server.journal.created(
            planned("WORKER_001", 1),
            planned("WORKER_002", 2, "WORKER_001"),
            planned("WORKER_003", 3, "WORKER_002"));
    var at = plan.settings();
    var settings =
        new RunSettings(
            at.folder(),
            target.toString(),
            at.results(),
            List.of(),
            at.approve(),
            at.approvalWaitMax(),
            false,
            3);
    server.journal.run(
        new RunCreated(plan.run(), requireNonNull(plan.plan()), settings, plan.at()));
    delivers("WORKER_001", file("out/list.txt", "a\nb\n"), file("logo", "\0"));
    delivers(
        "WORKER_002",
        file("other", "x"),
        file("in/a.txt", "new\n"),
        file("linked/a.txt", "new\n"),
        file("link.txt", "new\n"));
    delivers(
        "WORKER_003",
        file("out/list.txt", "a\nB\u202E\n"),
        file("logo", "\0\0"),
        file("other", "x"),
        file("../../etc/passwd", "new\n"));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static Artifact file(String path, String content) {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    server.artifacts.keep(Sha256.of(bytes), bytes);
    return new Artifact(path, Sha256.of(bytes), bytes.length, false);
  }

  private static void delivers(String worker, Artifact... files) {
    var now = server.journal.now();
    var receipt = new Receipt("a".repeat(64), Arrays.asList(files), List.of(), false, null);
    server.journal.worker(
        worker, new AttemptStarted(1, "node-a", "x", now), new Completed(1, receipt, now));
  }

  private static JsonNode diff(String worker, String path) {
    return server.client.get(WORKERS + worker + "/diff?path=" + encoded(path)).json();
  }

  private static String encoded(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8);
  }

  @Test
  void itIsComparedWithTheNearestDependencyThatHadIt() {
    var changed = diff("WORKER_003", "out/list.txt");
    assertThat(changed.path("from").asText()).isEqualTo("WORKER_001");
    assertThat(changed.path("diff").asText()).isEqualTo("@@ -1,2 +1,2 @@\n a\n-b\n+B\\u{202E}\n");
    assertThat(diff("WORKER_003", "other").path("why").asText()).isEqualTo("it is the same");
    assertThat(diff("WORKER_003", "logo").path("why").asText()).isEqualTo("it is binary");
    assertThat(diff("WORKER_001", "out/list.txt").path("diff").asText())
        .isEqualTo("@@ -0,0 +1,2 @@\n+a\n+b\n");
  }

  @Test
  void elseWithTheTargetsVersionThroughNoLink() throws Exception {
    Files.writeString(Files.createDirectories(target.resolve("in")).resolve("a.txt"), "old\n");
    Files.createSymbolicLink(target.resolve("linked"), target.resolve("in"));
    Files.createSymbolicLink(target.resolve("link.txt"), target.resolve("in/a.txt"));
    var found = diff("WORKER_002", "in/a.txt");
    assertThat(found.path("from").asText()).isEqualTo("target");
    assertThat(found.path("diff").asText()).isEqualTo("@@ -1,1 +1,1 @@\n-old\n+new\n");
    for (var path : List.of("linked/a.txt", "link.txt")) {
      assertThat(diff("WORKER_002", path).path("from").isNull()).as(path).isTrue();
    }
  }

  @Test
  void aPathLeadsNowhereElse() {
    var away = diff("WORKER_003", "../../etc/passwd");
    assertThat(away.path("from").isNull()).isTrue();
    assertThat(away.path("diff").asText()).isEqualTo("@@ -0,0 +1,1 @@\n+new\n");
    assertThat(server.client.get(WORKERS + "WORKER_001/file?path=etc/passwd").code())
        .isEqualTo("unknown-file");
    assertThat(server.client.get(WORKERS + "WORKER_001/diff").code()).isEqualTo("invalid-query");
  }

  @Test
  void whoIsKeptToOneWorkforceComparesWithNoOther() {
    var own = server.journal.created(planned("WORKER_001", 1));
    var plan = requireNonNull(own.plan());
    var other = new RunPlan("secret", plan.waves(), plan.workers(), null);
    server.journal.write(
        Origin.run("run_0002"), new RunCreated("run_0002", other, own.settings(), own.at()));
    var kept = server.as("kept", "hello", Role.VIEWER);
    for (var path :
        List.of("diff?path=logo&against=run_0002", "conversation/1/diff?run=run_0002")) {
      var all = server.client.get(WORKERS + "WORKER_001/" + path);
      assertThat(all.code()).as(path).isNotEqualTo("unknown-run");
      assertThat(kept.get(WORKERS + "WORKER_001/" + path).code()).as(path).isEqualTo("unknown-run");
    }
  }

  @Test
  void aFileIsFetchedAsItWasTestedAndNeverShownByABrowser() {
    var reply = server.client.get(WORKERS + "WORKER_001/file?path=out%2Flist.txt").whole();
    assertThat(reply.body()).isEqualTo("a\nb\n");
    assertThat(reply.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"list.txt\"");
    assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
  }
}
