package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.operation;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.LeaseTable;
import dev.muster.orchestrator.security.audit.Entry;
import dev.muster.orchestrator.usecase.RunDeletion;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.orchestrator.usecase.RunPurge;
import dev.muster.orchestrator.usecase.RunRetention;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunEvent.RunTagged;
import dev.muster.protocol.run.RunPhase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that have had their time. The clock is the journal's.
class RunRetentionTest {
  private static final String PATH = "/api/v1/runs/" + RUN;
  private static final long DAY_SECONDS = 86_400;
  private static final Set<RunPhase> ENDS =
      EnumSet.of(RunPhase.COMPLETED, RunPhase.FAILED, RunPhase.CANCELLED);

  @TempDir private Path data;
  private TestServer server;

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(data);
    server.journal.run(server.journal.created(planned("WORKER_001", 1)));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private RunRetention retention(Set<RunPhase> states) {
    var api = server.api;
    var lookup = new RunLookup(api.views(), api.runs(), api.ready(), api.sandbox());
    var deletion = new RunDeletion(api.runs(), api.files(), api.database(), lookup);
    return new RunRetention(
        new RunPurge(api.views(), deletion, api.clock()),
        deletion,
        new LeaseTable(api.database()),
        api.audit(),
        new RunRetention.Policy(Duration.ofDays(30), states),
        "node-a",
        api.clock());
  }

  private int round() throws SQLException {
    return round(ENDS);
  }

  /// On another day.
  private int round(Set<RunPhase> states) throws SQLException {
    server.journal.execute("DELETE FROM lease");
    return retention(states).roundIfDue(() -> false);
  }

  private void finish() {
    server.journal.run(new RunFinished(RunPhase.FAILED, 1, server.journal.now()));
  }

  @Test
  void whatEndedLongAgoGoesAndTheAuditLogSaysWhy() throws Exception {
    finish();
    server.journal.later(29 * DAY_SECONDS);
    assertThat(round()).as("too young").isZero();
    server.journal.later(2 * DAY_SECONDS);
    assertThat(round(EnumSet.of(RunPhase.COMPLETED))).as("it ended otherwise").isZero();
    assertThat(round()).isEqualTo(1);
    assertThat(server.client.get(PATH).status()).isEqualTo(404);
    assertThat(server.leftovers).containsExactly(RUN);
    var said = server.audit.before(Long.MAX_VALUE, 10, Entry.Kind.INTENT).toString();
    assertThat(said)
        .contains("\"who\":\"muster\"", "DELETE " + PATH, "the setting keep.runs", "30 d ago");
  }

  @Test
  void aRunThatGoesOnStaysHoweverOldItIs() throws Exception {
    server.journal.later(400 * DAY_SECONDS);
    assertThat(round()).isZero();
    assertThat(server.client.get(PATH).status()).isEqualTo(200);
  }

  @Test
  void whatIsTaggedKeepStays() throws Exception {
    server.journal.run(
        new RunTagged(List.of("keep=for-the-auditors"), List.of(), "me", server.journal.now()));
    finish();
    server.journal.later(400 * DAY_SECONDS);
    assertThat(round()).isZero();
    server.journal.run(
        new RunTagged(List.of(), List.of("keep=for-the-auditors"), "me", server.journal.now()));
    assertThat(round()).isEqualTo(1);
  }

  @Test
  void whoIsStillAskedAboutItIsNotLeftWithoutIt() throws Exception {
    server.gates.hold(RUN, "apr_0001_abc", operation("WORKER_001"));
    finish();
    server.journal.later(400 * DAY_SECONDS);
    assertThat(round()).isZero();
    assertThat(server.client.get(PATH).status()).isEqualTo(200);
  }

  @Test
  void itIsDoneOnceADayUnlessItWasNotDone() throws Exception {
    finish();
    var retention = retention(ENDS);
    assertThat(retention.roundIfDue(() -> true)).as("the node stops").isZero();
    assertThat(retention.roundIfDue(() -> false)).as("too young").isZero();
    server.journal.later(31 * DAY_SECONDS);
    assertThat(retention.roundIfDue(() -> false)).as("by the database's clock").isZero();
    assertThat(round()).isEqualTo(1);
  }

  @Test
  void oneThatCannotBeDeletedIsLeftForAnotherDay() throws Exception {
    finish();
    server.journal.later(31 * DAY_SECONDS);
    server.runs.refusal = "Expected a run that has ended.";
    assertThat(round()).isZero();
    assertThat(server.client.get(PATH).status()).isEqualTo(200);
    server.runs.refusal = null;
    assertThat(round()).isEqualTo(1);
  }
}
