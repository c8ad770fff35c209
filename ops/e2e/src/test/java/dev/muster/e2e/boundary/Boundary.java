package dev.muster.e2e.boundary;

import dev.muster.e2e.CountedAgent;
import dev.muster.e2e.CountedAgent.Stop;
import dev.muster.e2e.rig.Held;
import dev.muster.e2e.rig.Held.Side;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Where a conversation stands when its node dies.
sealed interface Boundary {
  /// Before or after a write of the journal.
  ///
  /// @param entity the persistence id, with [#RUN] and [#WORKER] for those of the conversation
  record Written(String entity, String moment, Side side) implements Boundary {
    @Override
    public boolean asksAgain() {
      return side == Side.BEFORE && moment.startsWith(TURN);
    }

    /// It is known before the run is.
    boolean ofWorker() {
      return entity.endsWith(WORKER);
    }

    Held.Write in(String run, String worker) {
      var whole = ofWorker() ? "/" + worker : entity.replace(RUN, run);
      return new Held.Write(whole, moment);
    }

    @Override
    public String toString() {
      return side + " " + moment + " of " + entity.substring(0, entity.indexOf('|'));
    }
  }

  /// The model was asked and has not answered.
  record Asked(int turn) implements Boundary {
    @Override
    public boolean asksAgain() {
      return true;
    }
  }

  /// The command has had its effect and goes on.
  record Command() implements Boundary {}

  /// The operation has begun.
  ///
  /// @param done whether it has had its effect
  record Operation(boolean done) implements Boundary {}

  String RUN = "{run}";
  String WORKER = "{worker}";
  String TURN = "AgentStepped.TURN:";

  /// Whether an answer is lost, so that its question is asked once more.
  default boolean asksAgain() {
    return false;
  }

  default Stop stop() {
    return switch (this) {
      case Asked(var turn) -> new Stop(turn, false);
      case Command _ -> new Stop(-1, true);
      case Written _, Operation _ -> Stop.NOWHERE;
    };
  }

  /// All there are.
  ///
  /// @param writes of a run that nobody disturbed, in order; what comes before its worker is no
  ///   part of the conversation
  static List<Boundary> all(List<Held.Write> writes, String run, String worker) {
    var all = new ArrayList<Boundary>();
    for (var turn = 0; turn < CountedAgent.TURNS; turn++) all.add(new Asked(turn));
    all.addAll(List.of(new Command(), new Operation(false), new Operation(true)));
    var begun = false;
    for (var write : new LinkedHashSet<>(writes)) {
      if (!write.entity().contains(run)) continue;
      begun |= write.entity().startsWith("Worker|");
      // Results are written by the way, after the run has ended.
      if (!begun || write.moment().startsWith("ResultsWritten")) continue;
      var entity = write.entity().replace(run, RUN).replace(worker, WORKER);
      for (var side : Side.values()) all.add(new Written(entity, write.moment(), side));
    }
    return all;
  }
}
