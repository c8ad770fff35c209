package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Bypasses;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.Mandate;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.approval.People;
import dev.muster.protocol.proof.Seals;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.jspecify.annotations.Nullable;

/// Asks the gates where the cluster has put them.
public final class ShardedGates implements Gates {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final ClusterSharding sharding;
  private final Seals seals;
  private final InstantSource clock;

  /// @param seals vouch for whom this node's API has let in
  public ShardedGates(ClusterSharding sharding, Seals seals, InstantSource clock) {
    this.sharding = sharding;
    this.seals = seals;
    this.clock = clock;
  }

  @Override
  public CompletionStage<ApprovalView> request(
      OperationRequest operation, @Nullable Duration waitMax, People.Caller by) {
    return sharding
        .entityRefFor(ApprovalCommand.TYPE_KEY, ApprovalCommand.OUTSIDE)
        .askWithStatus(
            replyTo -> new ApprovalCommand.Request(operation, waitMax, by, replyTo), ANSWER);
  }

  @Override
  public CompletionStage<ApprovalView> consume(String approval, String by) {
    return sharding
        .entityRefFor(ApprovalCommand.TYPE_KEY, ApprovalCommand.OUTSIDE)
        .askWithStatus(replyTo -> new ApprovalCommand.Consume(approval, by, replyTo), ANSWER);
  }

  @Override
  public CompletionStage<ApprovalView> decide(
      String gate,
      String approval,
      Decision decision,
      Principal by,
      int people,
      String reason,
      String digest) {
    var caller = by.caller();
    var mandate = mandate(gate, approval, digest, decision, people, reason, by);
    return sharding
        .entityRefFor(ApprovalCommand.TYPE_KEY, gate)
        .askWithStatus(
            replyTo ->
                new ApprovalCommand.Decide(
                    approval, decision, caller, people, reason, digest, mandate, replyTo),
            ANSWER);
  }

  @Override
  public CompletionStage<ApprovalView> extend(
      String gate, String approval, Duration span, People.Caller by) {
    return sharding
        .entityRefFor(ApprovalCommand.TYPE_KEY, gate)
        .askWithStatus(replyTo -> new ApprovalCommand.Extend(approval, span, by, replyTo), ANSWER);
  }

  @Override
  public CompletionStage<Bypasses> bypass(
      String run, String kind, Duration span, Principal by, String reason) {
    var caller = by.caller();
    var subject = ApprovalCommand.Bypass.subject(kind, span);
    var decision = span.isZero() ? Decision.CLOSED : Decision.APPROVED;
    var mandate = mandate(run, subject, subject, decision, 1, reason, by);
    return sharding
        .entityRefFor(ApprovalCommand.TYPE_KEY, run)
        .askWithStatus(
            replyTo -> new ApprovalCommand.Bypass(kind, span, caller, reason, mandate, replyTo),
            ANSWER);
  }

  @Override
  public CompletionStage<Bypasses> bypasses(String run) {
    return sharding
        .entityRefFor(ApprovalCommand.TYPE_KEY, run)
        .ask(ApprovalCommand.ListBypasses::new, ANSWER);
  }

  private Mandate mandate(
      String gate,
      String approval,
      String digest,
      Decision decision,
      int people,
      String reason,
      Principal by) {
    var caller = by.caller();
    var kind = by.kind().name();
    var at = clock.instant();
    var said =
        new Mandate.Said(
            gate, approval, digest, decision, caller, people, reason, kind, by.credential(), at);
    return new Mandate(kind, by.credential(), at, seals.seal(Mandate.PURPOSE, said));
  }
}
