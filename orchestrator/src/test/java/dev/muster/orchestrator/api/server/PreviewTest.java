package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.operation;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.usecase.Previews;
import dev.muster.protocol.approval.Binding;
import dev.muster.protocol.approval.Enforced;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.approval.Preview;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.view.Approval;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is foreseen of an operation goes by its digest to whoever decides.
class PreviewTest {
  private static final Preview SEEN =
      new Preview(
          List.of(new Preview.Place("/t/site", 2, 13)),
          List.of(new Preview.Deletion("/t/site/old", 1, 5, List.of("a.txt"))),
          List.of(
              new Preview.Change(
                  "/t/site/new", null, 0, "f".repeat(64), 2, 1, 0, "@@ -0,0 +1,1 @@\n+a\n", null)),
          List.of(new Preview.Unforeseen("bash x", "it is a program of its own", List.of())),
          List.of("said besides"),
          new Enforced(
              List.of("in a sandbox"),
              "no",
              List.of("its workspace"),
              List.of("BOUNDARIES, statement 1: `CANNOT modify: a`"),
              List.of("be kind"),
              List.of(new Enforced.Place("/muster/work", true, "its workspace"))));

  @TempDir private static Path data;
  private static TestServer server;

  @BeforeAll
  static void open() throws Exception {
    server = new TestServer(data);
    server.journal.run(
        server.journal.created(
            writing("WORKER_001", 1), writing("WORKER_002", 1), writing("WORKER_003", 2)));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static Planned writing(String id, int wave) {
    var it = planned(id, wave);
    return new Planned(
        it.id(),
        it.title(),
        it.wave(),
        it.instructionDigest(),
        it.dependencies(),
        it.estimate(),
        it.labels(),
        true,
        List.of("docs"));
  }

  /// An operation of which that is foreseen.
  static OperationRequest foreseen(TestServer server) {
    var content = EventCodec.encode(SEEN);
    server.artifacts.keep(Sha256.of(content), content);
    return bound(Sha256.of(content));
  }

  private static OperationRequest bound(@Nullable String preview) {
    var it = operation("WORKER_001");
    var binding = new Binding("i", List.of(), List.of(), List.of(), List.of(), preview, null);
    return new OperationRequest(
        it.worker(),
        it.ordinal(),
        it.digest(),
        it.epoch(),
        it.kind(),
        it.risk(),
        it.consequence(),
        it.script(),
        it.writes(),
        it.network(),
        it.workingFolder(),
        it.check(),
        it.labels(),
        binding,
        "it is needed");
  }

  private static Client.Reply preview(String approval) {
    return server.client.get("/api/v1/approvals/" + approval + "/preview");
  }

  @Test
  void whatIsForeseenIsShownBesideTheDigestItFollowsFrom() {
    server.gates.hold(RUN, "apr_0001_seen", foreseen(server));
    var seen = preview("apr_0001_seen").json();
    assertThat(seen.path("digest").asText()).isEqualTo(operation("WORKER_001").digest());
    assertThat(seen.path("words").asText())
        .isEqualTo(
            "deletes 1 file (5 bytes), writes 1 file; what 1 command does cannot be foreseen");
    assertThat(seen.at("/deletions/0/names/0").asText()).isEqualTo("a.txt");
    assertThat(seen.at("/changes/0/diff").asText()).endsWith("+a\n");
  }

  @Test
  void whatItsWorkerIsKeptToAndWhoMayWriteThereTooStandsBesideIt() {
    server.gates.hold(RUN, "apr_0001_kept", foreseen(server));
    var seen = preview("apr_0001_kept").json();
    assertThat(seen.at("/enforced/forbids/0").asText()).contains("CANNOT modify: a");
    assertThat(seen.at("/enforced/places/0/writable").asBoolean()).isTrue();
    assertThat(seen.path("overlaps")).hasSize(1);
    assertThat(seen.at("/overlaps/0/path").asText()).isEqualTo("docs");
    assertThat(seen.at("/overlaps/0/workers").toString())
        .isEqualTo("[\"WORKER_001\",\"WORKER_002\"]");
    var approval = server.client.get("/api/v1/approvals/apr_0001_kept").json();
    assertThat(approval.path("why").asText()).isEqualTo("it is needed");
  }

  @Test
  void whatIsForeseenIsShownAlsoWhereThePlanOfItsRunCannotBeRead() {
    server.gates.hold(RUN, "apr_0001_torn", foreseen(server));
    var approval = Approval.of(server.gates.held("apr_0001_torn"));
    var previews =
        new Previews(
            server.artifacts,
            run -> {
              throw new IllegalStateException("the plan of " + run + " is missing");
            });
    var seen = previews.of(approval);
    assertThat(seen.deletions().getFirst().names()).containsExactly("a.txt");
    assertThat(seen.overlaps()).isEmpty();
    assertThat(seen.notes())
        .containsExactly(
            "said besides",
            "who else may write where its worker may is not known: the run's plan cannot be read"
                + " (the plan of %s is missing)".formatted(RUN));
  }

  @Test
  void whereNothingWasForeseenOrItIsNotWhatWasKeptThereIsNone() {
    server.gates.hold(RUN, "apr_0001_none", bound(null));
    assertThat(preview("apr_0001_none").code()).isEqualTo("no-preview");
    server.gates.hold(RUN, "apr_0001_lost", bound("1".repeat(64)));
    assertThat(preview("apr_0001_lost").code()).isEqualTo("no-preview");
    server.artifacts.keep("2".repeat(64), EventCodec.encode(SEEN));
    server.gates.hold(RUN, "apr_0001_other", bound("2".repeat(64)));
    assertThat(preview("apr_0001_other").json().path("detail").asText())
        .contains("it is not what was kept");
  }
}
