package dev.muster.e2e.cluster;

import dev.muster.e2e.Workforces;
import dev.muster.e2e.Workforces.Worker;
import dev.muster.e2e.check.Effect;
import dev.muster.e2e.check.JournalChecker;
import dev.muster.e2e.check.JournalChecker.Evidence;
import dev.muster.e2e.check.Rows;
import dev.muster.e2e.rig.Rig;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// A cluster in a test: runs on it, and what its journal says.
final class Scene implements AutoCloseable {
  static final String EFFECTS = "effects";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long LOOK_EVERY_MILLIS = 200;

  private final Rig rig;
  private int workforces;

  /// Started, and complete.
  Scene(Rig rig) {
    this.rig = rig.start();
    await("all nodes are there", () -> rig.operator().nodesUp().containsAll(rig.workerNames()));
  }

  Rig rig() {
    return rig;
  }

  /// A workforce of its own for every call.
  String launch(String approve, Worker... workers) {
    return rig.operator().launch(workforce(workers), rig.target(), approve);
  }

  Path workforce(Worker... workers) {
    return Workforces.write(rig.folder().resolve("workforce-" + ++workforces), workers);
  }

  /// One gated operation that waits, appends a line to a file of its own, and waits again.
  static Worker gated(int number, double before, double after) {
    var file = "results/%03d.txt".formatted(number);
    var effect = EFFECTS + "/$MUSTER_RUN-%03d".formatted(number);
    var script =
        """
        sleep %s
        echo "$MUSTER_RUN $MUSTER_WORKER $MUSTER_ATTEMPT" >> "$MUSTER_TARGET/%s"
        sleep %s\
        """
            .formatted(before, effect, after);
    var gated =
        Workforces.block(
            "operation=production_deploy writes=\"%s\" check=\"test -s %s\""
                .formatted(EFFECTS, effect),
            script);
    var rest = Workforces.block("mkdir -p results\necho done > " + file);
    return new Worker(number, 1, "", file, gated + rest, "grep -qx done " + file);
  }

  /// A worker that takes this long and does nothing.
  static Worker slow(int number, int seconds) {
    var file = "results/%03d.txt".formatted(number);
    var script = "sleep " + seconds + "\nmkdir -p results\necho done > " + file;
    return new Worker(number, 1, "", file, Workforces.block(script), "grep -qx done " + file);
  }

  List<Effect> effects(String run) {
    return Effect.readAll(rig.target().resolve(EFFECTS)).stream()
        .filter(effect -> effect.run().equals(run))
        .toList();
  }

  Rows rows() {
    try (var connection = rig.postgres().connect()) {
      return Rows.of(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Rows of a run, its workers and its gate with this name.
  long count(String run, String name) {
    return rows().count(run, name);
  }

  void awaitRow(String run, String name) {
    await(name + " of " + run, () -> count(run, name) > 0);
  }

  void awaitEnd(String run) {
    awaitRow(run, "RunFinished");
  }

  /// The id of the one operation of this run that waits for a decision.
  String pending(String run) {
    awaitRow(run, "ApprovalRequested");
    return rows().approval(run);
  }

  void await(String what, BooleanSupplier condition) {
    await(what, PATIENCE, condition);
  }

  void await(String what, Duration patience, BooleanSupplier condition) {
    var until = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError(
            "expected within %s: %s\n%s".formatted(patience, what, rig.said()));
      }
      try {
        Thread.sleep(LOOK_EVERY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  /// What is wrong with everything that has happened in this scene.
  List<String> broken() {
    var effects = Effect.readAll(rig.target().resolve(EFFECTS));
    return JournalChecker.check(rows(), new Evidence(List.of(), effects)).broken();
  }

  @Override
  public void close() {
    rig.close();
  }
}
