package dev.muster.e2e.chaos;

import dev.muster.e2e.Muster;
import dev.muster.e2e.check.Effect;
import dev.muster.e2e.check.JournalChecker;
import dev.muster.e2e.check.JournalChecker.Evidence;
import dev.muster.e2e.check.Rows;
import dev.muster.e2e.check.TraceKeeper;
import dev.muster.e2e.rig.Rig;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;

/// One seed: the bundled audit and a workforce that leaves evidence, on a cluster that falls apart
/// and is put together again.
final class ChaosRun {
  private static final int RUNS = 2;
  private static final int TRACING = 36;
  private static final int GATED = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final long LOOK_EVERY_MILLIS = 500;

  private final Rig rig;
  private final ChaosScript script;

  ChaosRun(Rig rig, ChaosScript script) {
    this.rig = rig;
    this.script = script;
  }

  Outcome carryOut() throws Exception {
    rig.start();
    var operator = rig.operator();
    Ready.await(rig);
    var evidence = Workload.evidence(rig.folder().resolve("evidence"), TRACING, GATED);
    var audit = Muster.repository().resolve("instructions/audit");
    var began = System.nanoTime();
    try (var traces = new TraceKeeper(rig.dataFolders(), rig.folder().resolve("traces"));
        var striker = new Striker(rig, script);
        var decider = new Decider(rig.operator(), script.seed())) {
      operator.launch(evidence, rig.target(), "none");
      // The audit compares what it sees with what it saw: nobody else may change its target.
      var whole =
          operator.launch(audit, Files.createDirectory(rig.folder().resolve("audited")), "all");
      striker.begin();
      awaitEnd(decider, striker);
      var took = Duration.ofNanos(System.nanoTime() - began);
      striker.finish();
      var rows = rows();
      var effects = Effect.readAll(rig.target().resolve(Workload.EFFECTS));
      var verdict = JournalChecker.check(rows, new Evidence(traces.traces(), effects));
      var failed = rows.notCompleted(whole);
      var stale = new ReaderCheck(rig).wrong();
      return new Outcome(script.seed(), striker.log(), verdict, failed, stale, rows.spread(), took);
    }
  }

  /// Asks the database, which answers past every link that may be cut.
  private void awaitEnd(Decider decider, Striker striker) throws InterruptedException {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (finished() < RUNS) {
      if (System.nanoTime() > until) {
        throw new AssertionError(
            "seed %d: the runs have not ended after %s; faults: %s; decider: %s\n%s"
                .formatted(script.seed(), PATIENCE, striker.log(), decider.problems(), rig.said()));
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private int finished() {
    var query = "SELECT count(*) FROM event_journal WHERE event_ser_manifest = 'RunFinished'";
    try (var connection = rig.postgres().connect();
        var statement = connection.createStatement();
        var found = statement.executeQuery(query)) {
      found.next();
      return found.getInt(1);
    } catch (SQLException _) {
      return 0; // the server is away just now
    }
  }

  private Rows rows() throws SQLException {
    try (var connection = rig.postgres().connect()) {
      return Rows.of(connection);
    }
  }
}
