package dev.muster.orchestrator.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.ApprovalEvent;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.ApprovalEvent.PermitConsumed;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.approval.ApprovalView;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.instruction.Risk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.pattern.StatusReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ApprovalGateSeedsTest {
  private static final ActorTestKit ACTORS = GateHarness.actors();

  private final GateHarness gate = new GateHarness(ACTORS);

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 10));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noPermitIsEverConsumedTwiceOrWithoutADecision(long seed) {
    var random = new SplittableRandom(seed);
    var journal = new ArrayList<ApprovalEvent>();
    for (var step = 0; step < 60; step++) {
      journal.addAll(anything(random));
      var before = gate.gate.getState();
      assertThat(gate.gate.restart().state()).as("seed %d, step %d", seed, step).isEqualTo(before);
    }
    var replay = GateState.EMPTY;
    for (var event : journal) {
      if (event instanceof PermitConsumed consumed) {
        var entry = replay.find(consumed.approval());
        assertThat(entry).isNotNull();
        assertThat(entry != null && entry.allowed() && entry.consumed() == null).isTrue();
      }
      if (event instanceof ApprovalDecided decided
          && decided.decision() == Decision.AUTO_APPROVED) {
        var entry = replay.find(decided.approval());
        assertThat(entry != null && !entry.mayHaveRun()).isTrue();
      }
      if (event instanceof ApprovalRequested requested) {
        assertThat(replay.find(requested.approval())).isNull();
      }
      replay = replay.evolve(event); // throws on any step that must not happen
    }
  }

  private List<ApprovalEvent> anything(SplittableRandom random) {
    var operation =
        GateHarness.operation(random.nextBoolean() ? "a" : "b", Risk.ADMIN, random.nextInt(3));
    var ids = List.copyOf(gate.gate.getState().entries().keySet());
    var id = ids.isEmpty() ? "apr_1_none" : ids.get(random.nextInt(ids.size()));
    var attempt = random.nextInt(1, 5);
    return switch (random.nextInt(9)) {
      case 0, 1, 2 ->
          gate.gate
              .<Claimed>runCommand(
                  to -> new ApprovalCommand.Claim(operation, attempt, "node-a#1", to))
              .events();
      case 3, 4 ->
          gate.gate
              .<StatusReply<ApprovalView>>runCommand(to ->
                  new ApprovalCommand.Decide(
                      id,
                      attempt % 2 == 0 ? Decision.APPROVED : Decision.REJECTED,
                      "op",
                      "",
                      null,
                      to))
              .events();
      case 5 ->
          gate.gate
              .<Done>runCommand(
                  to -> new ApprovalCommand.RecordOutcome(id, GateHarness.outcome(attempt % 2), to))
              .events();
      case 6 -> gate.gate.<Done>runCommand(to -> new ApprovalCommand.Restore(id, to)).events();
      case 7 ->
          gate.gate.<Claimed>runCommand(to -> new ApprovalCommand.AskAgain(id, null, to)).events();
      default ->
          gate.gate
              .<Done>runCommand(to ->
                  new ApprovalCommand.Open(
                      attempt % 2 == 0 ? ApprovalPolicy.ALL : ApprovalPolicy.NONE,
                      Duration.ofHours(1),
                      to))
              .events();
    };
  }
}
