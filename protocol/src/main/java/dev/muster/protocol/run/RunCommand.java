package dev.muster.protocol.run;

import dev.muster.protocol.CborSerializable;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.headroom.HeadroomCommand.ClusterView;
import dev.muster.protocol.proof.FromOrchestrator;
import dev.muster.protocol.worker.WorkerStatus;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/// What a run's supervisor can be told.
public sealed interface RunCommand extends CborSerializable {
  EntityTypeKey<RunCommand> TYPE_KEY = EntityTypeKey.create(RunCommand.class, "Run");

  /// Somebody waits for how the run then stands.
  sealed interface Request extends RunCommand, FromOrchestrator {
    ActorRef<StatusReply<RunStatus>> replyTo();
  }

  /// Said to the run by itself, a worker or the gate: nothing is answered, and a run that does not
  /// exist has no use for it.
  sealed interface Notice extends RunCommand {}

  /// Begin. Creating the same run twice is acknowledged.
  ///
  /// @param plan digest of a plan that is stored
  /// @param doneBefore digest of a [DoneBefore] that is stored; null for nothing
  record Create(
      String plan,
      RunSettings settings,
      @Nullable String doneBefore,
      ActorRef<StatusReply<RunStatus>> replyTo)
      implements Request {
    public Create(String plan, RunSettings settings, ActorRef<StatusReply<RunStatus>> replyTo) {
      this(plan, settings, null, replyTo);
    }
  }

  /// Whoever finds an unfinished run says this, so that its supervisor is in memory and goes on.
  record Wake() implements Notice, FromOrchestrator {}

  /// A worker says where it stands: after every change, and in answer to `Assign`.
  ///
  /// @param talks whether it is under way but takes no slot: it works by a model
  record WorkerReported(String worker, WorkerStatus status, boolean talks) implements Notice {
    public WorkerReported(String worker, WorkerStatus status) {
      this(worker, status, false);
    }
  }

  /// @param workers whom it concerns; empty means the whole run
  record Pause(List<String> workers, String by, ActorRef<StatusReply<RunStatus>> replyTo)
      implements Request {}

  record Resume(List<String> workers, String by, ActorRef<StatusReply<RunStatus>> replyTo)
      implements Request {}

  record Cancel(List<String> workers, String by, ActorRef<StatusReply<RunStatus>> replyTo)
      implements Request {}

  /// Reopens failed and cancelled workers, and the blocked ones that wait for them.
  ///
  /// @param texts new texts of workers, which are reopened with all that rests on them
  record Retry(
      List<String> workers,
      List<RunPlan.Planned> texts,
      String by,
      ActorRef<StatusReply<RunStatus>> replyTo)
      implements Request {
    public Retry(List<String> workers, String by, ActorRef<StatusReply<RunStatus>> replyTo) {
      this(workers, List.of(), by, replyTo);
    }
  }

  /// An operator launches a gated or held wave by hand. Headroom still counts.
  record LaunchWave(int wave, String by, ActorRef<StatusReply<RunStatus>> replyTo)
      implements Request {}

  /// Whoever wrote the results of the run, or could not, says so.
  record ReportResults(ResultsReport report, ActorRef<StatusReply<RunStatus>> replyTo)
      implements Request {}

  record Describe(ActorRef<StatusReply<RunStatus>> replyTo) implements Request {}

  /// The run is about to be deleted, or has been: its supervisor leaves the memory. Refused while
  /// the run goes on.
  record Forget(ActorRef<StatusReply<Done>> replyTo) implements RunCommand, FromOrchestrator {}

  /// A worker asks for sub-workers, or how those stand that it has asked for. Asking again under
  /// the same ordinal brings no others.
  ///
  /// @param epoch of the worker that asks
  /// @param ordinal of the step by which it asks
  record Spawn(
      String parent,
      int epoch,
      int ordinal,
      List<SubTask> tasks,
      ActorRef<StatusReply<Spawned>> replyTo)
      implements RunCommand {
    public Spawn {
      tasks = List.copyOf(tasks);
    }
  }

  /// The gate has decided a wave's release.
  record WaveDecided(String approval, Decision decision, String reason)
      implements Notice, FromOrchestrator {}

  // What the supervisor hears through its adapters and says to itself.

  record HeadroomChanged(ClusterView view) implements RunCommand, FromOrchestrator {}

  record GateAnswered(int wave, @Nullable ApprovalView approval)
      implements Notice, FromOrchestrator {}

  record GateReady() implements Notice, FromOrchestrator {}

  /// Look at what can be released.
  record Tick() implements Notice, FromOrchestrator {}

  /// Tell released, unsettled workers again what is wanted of them: a tell may have been lost.
  record Remind() implements Notice, FromOrchestrator {}
}
