package dev.muster.e2e.escape;

import dev.muster.e2e.escape.Forger.Order;
import dev.muster.orchestrator.security.trust.NodeSeals;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Bypasses;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.Mandate;
import dev.muster.protocol.approval.People.Caller;
import dev.muster.protocol.approval.Permit;
import dev.muster.protocol.headroom.HeadroomCommand;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.headroom.NodeHeadroom;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.Attestation;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.WorkerCommand;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/// What a node that only works says in the name of others, over the cluster's own transport.
///
/// @param seals with what its certificate lets it sign
record Forgeries(ActorSystem<Void> system, Order order, NodeSeals seals) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Caller BOSS = Caller.of("operator");

  /// @param heard of each: its name, and what was answered
  void each(BiConsumer<String, String> heard) {
    var gate = ClusterSharding.get(system).entityRefFor(ApprovalCommand.TYPE_KEY, order.run());
    var run = ClusterSharding.get(system).entityRefFor(RunCommand.TYPE_KEY, order.run());
    heard.accept("decide-without-a-word", answer(decide(gate, null)));
    heard.accept("decide-by-its-own-word", answer(decide(gate, mandate())));
    heard.accept(
        "open-the-gate",
        answer(
            gate.<Done>ask(
                to -> new ApprovalCommand.Open(ApprovalPolicy.ALL, PATIENCE, to), PATIENCE)));
    heard.accept(
        "let-a-kind-pass",
        answer(
            gate.<StatusReply<Bypasses>>ask(
                to ->
                    new ApprovalCommand.Bypass(
                        "production_deploy", Duration.ofHours(1), BOSS, "because", mandate(), to),
                PATIENCE)));
    heard.accept(
        "use-a-decision-up",
        answer(
            gate.<StatusReply<ApprovalView>>ask(
                to -> new ApprovalCommand.Consume(order.approval(), "operator", to), PATIENCE)));
    heard.accept(
        "cancel-the-run", answer(ask(run, to -> new RunCommand.Cancel(List.of(), "x", to))));
    heard.accept("pause-the-run", answer(ask(run, to -> new RunCommand.Pause(List.of(), "x", to))));
    run.tell(new RunCommand.WorkerReported(order.worker(), completed()));
    heard.accept("say-completed-to-the-run", "told");
    verdict();
    heard.accept("a-verdict-for-another-worker", "told");
    worker().tell(new WorkerCommand.Decided(order.approval(), Decision.APPROVED, "because"));
    heard.accept("a-decision-to-its-worker", "told");
    permit();
    heard.accept("a-permit-to-the-executor", "told");
    heard.accept("a-beat-of-another-node", beat());
  }

  private CompletionStage<StatusReply<ApprovalView>> decide(
      EntityRef<ApprovalCommand> gate, @Nullable Mandate mandate) {
    return gate.ask(
        to ->
            new ApprovalCommand.Decide(
                order.approval(),
                Decision.APPROVED,
                BOSS,
                1,
                "because",
                order.digest(),
                mandate,
                to),
        PATIENCE);
  }

  private Mandate mandate() {
    var now = Instant.now();
    var said =
        new Mandate.Said(
            order.run(),
            order.approval(),
            order.digest(),
            Decision.APPROVED,
            BOSS,
            1,
            "because",
            "OPERATOR",
            null,
            now);
    return new Mandate("OPERATOR", null, now, seals.seal(Mandate.PURPOSE, said));
  }

  private static CompletionStage<StatusReply<RunStatus>> ask(
      EntityRef<RunCommand> run, Function<ActorRef<StatusReply<RunStatus>>, RunCommand> message) {
    return run.ask(message, PATIENCE);
  }

  private WorkerStatus completed() {
    var now = Instant.now();
    return new WorkerStatus(
        WorkerPhase.COMPLETED,
        0,
        1,
        0,
        order.victim(),
        null,
        List.of(),
        List.of(),
        false,
        now,
        now);
  }

  private EntityRef<WorkerCommand> worker() {
    return ClusterSharding.get(system)
        .entityRefFor(WorkerCommand.TYPE_KEY, order.run() + "/" + order.worker());
  }

  /// Of tests that nobody ran.
  private void verdict() {
    var receipt = new Receipt("0".repeat(64), List.of(), List.of(), false, null);
    var attested =
        Attestation.attest(seals, order.run(), order.worker(), 1, receipt, Instant.now());
    worker()
        .tell(
            new WorkerCommand.Report(
                1, 1_000, new AttemptReport.Succeeded(attested), system.ignoreRef()));
  }

  /// To whoever carries out attempts on the other node.
  private void permit() {
    var granted =
        new ApprovalCommand.Claimed.Granted(new Permit(order.approval(), order.digest(), 1));
    for (Member member : Cluster.get(system).state().getMembers()) {
      if (member.equals(Cluster.get(system).selfMember())) continue;
      Adapter.toClassic(system)
          .actorSelection(member.address() + "/user/executor")
          .tell(granted, org.apache.pekko.actor.ActorRef.noSender());
    }
  }

  /// That the other node is gone.
  private String beat() {
    var views = new CompletableFuture<Set<ActorRef<HeadroomCommand>>>();
    AskPattern.ask(
            system.receptionist(),
            (ActorRef<Receptionist.Listing> to) ->
                Receptionist.find(HeadroomCommand.SERVICE_KEY, to),
            PATIENCE,
            system.scheduler())
        .thenAccept(it -> views.complete(it.getServiceInstances(HeadroomCommand.SERVICE_KEY)));
    var found = views.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    var lie =
        new NodeHeadroom(
            order.victim(),
            "",
            "forged",
            List.of("worker"),
            false,
            List.of("forged"),
            1,
            1,
            1,
            1,
            HeadroomLimits.DEFAULT,
            0,
            0,
            Instant.now());
    found.forEach(view -> view.tell(new HeadroomCommand.Reported(lie)));
    return "told " + found.size();
  }

  /// Nothing is as good as a refusal: a dropped message is never answered.
  private static String answer(CompletionStage<?> asked) {
    try {
      var answer = asked.toCompletableFuture().join();
      return answer instanceof StatusReply<?> reply && reply.isError()
          ? "refused: " + reply.getError().getMessage()
          : "ANSWERED " + answer.getClass().getSimpleName();
    } catch (CompletionException e) {
      return "dropped";
    }
  }
}
