package dev.muster.protocol.approval;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.protocol.CborSerializable;
import dev.muster.protocol.proof.FromOrchestrator;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/// What an approval gate can be told. There is one gate per run, its entity id is the run's, and
/// one more, `outside`, for callers that are not workers.
public sealed interface ApprovalCommand extends CborSerializable {
  EntityTypeKey<ApprovalCommand> TYPE_KEY = EntityTypeKey.create(ApprovalCommand.class, "Gate");

  /// The gate of callers that are not workers.
  String OUTSIDE = "outside";

  /// Sets what this gate answers by itself and how long it waits for a person. Repeatable.
  record Open(ApprovalPolicy policy, Duration waitMax, ActorRef<Done> replyTo)
      implements ApprovalCommand, FromOrchestrator {}

  /// An executor stands before an operation: may it run now? Asking is also what requests approval.
  /// The operation runs only on `Granted`, and then the permit is already consumed.
  record Claim(OperationRequest operation, int attempt, String node, ActorRef<Claimed> replyTo)
      implements ApprovalCommand {}

  /// The runner saw the operation end.
  record RecordOutcome(String approval, OperationOutcome outcome, ActorRef<Done> replyTo)
      implements ApprovalCommand {}

  /// After a crash the operation's own check said that it did not happen: the decision stands and
  /// may be claimed once more.
  record Restore(String approval, ActorRef<Done> replyTo) implements ApprovalCommand {}

  /// After a crash nothing can tell whether the operation happened: ask a person anew.
  ///
  /// @param operation as it stands now; null when it is as it was
  record AskAgain(String approval, @Nullable OperationRequest operation, ActorRef<Claimed> replyTo)
      implements ApprovalCommand {}

  /// A worker waits: tell it the decision (again), now or when there is one.
  record Watch(String approval) implements ApprovalCommand {}

  /// Requests approval without claiming: wave gates and outside callers. Repeatable by digest.
  /// Refused when too many others wait already.
  ///
  /// @param by who asks on behalf of a program; null for Muster itself
  record Request(
      OperationRequest operation,
      @Nullable Duration waitMax,
      People.@Nullable Caller by,
      ActorRef<StatusReply<ApprovalView>> replyTo)
      implements ApprovalCommand, FromOrchestrator {
    public Request(
        OperationRequest operation,
        @Nullable Duration waitMax,
        ActorRef<StatusReply<ApprovalView>> replyTo) {
      this(operation, waitMax, null, replyTo);
    }
  }

  /// An operator decides. Deciding the same way twice is acknowledged; another way is refused.
  ///
  /// @param people how many must approve before it is approved; one rejects for all
  /// @param digest what the operator has seen; null when it was not given
  /// @param mandate who let the operator in; without one nothing is decided
  record Decide(
      String approval,
      Decision decision,
      People.Caller by,
      int people,
      String reason,
      @Nullable String digest,
      @Nullable Mandate mandate,
      ActorRef<StatusReply<ApprovalView>> replyTo)
      implements ApprovalCommand, Mandated, FromOrchestrator {
    public Decide(
        String approval,
        Decision decision,
        String by,
        String reason,
        @Nullable String digest,
        ActorRef<StatusReply<ApprovalView>> replyTo) {
      this(approval, decision, People.Caller.of(by), 1, reason, digest, null, replyTo);
    }
  }

  /// An operator gives more time to decide. The deadline never moves nearer.
  record Extend(
      String approval, Duration span, People.Caller by, ActorRef<StatusReply<ApprovalView>> replyTo)
      implements ApprovalCommand, FromOrchestrator {}

  /// An operator lets operations of one kind pass for a while, or no longer. As weighty as any
  /// decision, so that it takes the same proof.
  ///
  /// @param span zero to end it
  /// @param mandate who let the operator in; without one nothing changes
  record Bypass(
      String kind,
      Duration span,
      People.Caller by,
      String reason,
      @Nullable Mandate mandate,
      ActorRef<StatusReply<Bypasses>> replyTo)
      implements ApprovalCommand, Mandated, FromOrchestrator {
    /// What is vouched for: this kind, for so long, and nothing else.
    public static String subject(String kind, Duration span) {
      return "bypass " + kind + " " + span;
    }

    @Override
    public String approval() {
      return subject(kind, span);
    }

    @Override
    public Decision decision() {
      return span.isZero() ? Decision.CLOSED : Decision.APPROVED;
    }

    @Override
    public int people() {
      return 1;
    }

    @Override
    public String digest() {
      return approval();
    }
  }

  record ListBypasses(ActorRef<Bypasses> replyTo) implements ApprovalCommand {}

  /// An outside caller is about to do what was approved: the decision is used up. Refused unless it
  /// allows that now.
  record Consume(String approval, String by, ActorRef<StatusReply<ApprovalView>> replyTo)
      implements ApprovalCommand, FromOrchestrator {}

  /// Nobody waits any more for what these ask about: what is undecided of it is closed. Repeatable.
  ///
  /// @param askers as their operations name them; empty means everybody
  record Close(List<String> askers, String by, String reason) implements ApprovalCommand {
    public Close {
      askers = List.copyOf(askers);
    }
  }

  /// The run of this gate has been deleted: the gate leaves the memory.
  record Forget() implements ApprovalCommand, FromOrchestrator {}

  record Find(String approval, ActorRef<StatusReply<ApprovalView>> replyTo)
      implements ApprovalCommand {}

  record ListAll(ActorRef<Approvals> replyTo) implements ApprovalCommand {}

  /// The gate to itself: look for deadlines that have passed.
  record Tick() implements ApprovalCommand, FromOrchestrator {}

  record Approvals(List<ApprovalView> approvals) implements CborSerializable {
    public Approvals {
      approvals = List.copyOf(approvals);
    }
  }

  /// The gate's answer to an executor.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Claimed.Granted.class, name = "granted"),
    @JsonSubTypes.Type(value = Claimed.Pending.class, name = "pending"),
    @JsonSubTypes.Type(value = Claimed.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = Claimed.AlreadyRan.class, name = "already-ran"),
    @JsonSubTypes.Type(value = Claimed.Unknown.class, name = "unknown"),
    @JsonSubTypes.Type(value = Claimed.Answered.class, name = "answered")
  })
  sealed interface Claimed extends FromOrchestrator {
    record Granted(Permit permit) implements Claimed {}

    record Pending(String approval) implements Claimed {}

    record Refused(String approval, Decision decision, String reason) implements Claimed {}

    record AlreadyRan(String approval, OperationOutcome outcome) implements Claimed {}

    /// A permit was consumed by an earlier attempt and no outcome was recorded.
    record Unknown(String approval, int attempt, String node) implements Claimed {}

    /// What a person says to a question of which nothing is run: the same whenever it is asked.
    ///
    /// @param text may be empty where a yes is enough
    record Answered(String approval, String by, String text) implements Claimed {}
  }
}
