package dev.muster.orchestrator.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.engine.approval.Proving.Finding;
import dev.muster.protocol.approval.ApprovalCommand;
import dev.muster.protocol.approval.ApprovalCommand.Decide;
import dev.muster.protocol.approval.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ProvingTest {
  private static final ActorTestKit ACTORS = GateHarness.actors();

  private final TestProbe<ApprovalCommand> gate = ACTORS.createTestProbe();
  private final List<CompletableFuture<@Nullable String>> answers = new ArrayList<>();
  private final Proving proving =
      new Proving(
          "run_1",
          (_, _) -> {
            var answer = new CompletableFuture<@Nullable String>();
            answers.add(answer);
            return answer;
          },
          gate.ref());

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  private static Decide decide(int number) {
    return new Decide(
        "apr_" + number, Decision.APPROVED, "op", "ok", "d1", ACTORS.system().ignoreRef());
  }

  @Test
  void noMoreAreLookedAtAtOnceThanItsBound() {
    for (var number = 0; number < Proving.AT_ONCE_MAX; number++) {
      assertThat(proving.look(decide(number))).isInstanceOf(Finding.Later.class);
    }
    assertThat(proving.look(decide(-1)))
        .isInstanceOfSatisfying(
            Finding.Known.class, it -> assertThat(it.refusal()).contains("too many"));
    assertThat(answers).hasSize(Proving.AT_ONCE_MAX);

    answers.getFirst().complete(null);
    gate.expectMessage(decide(0));
    assertThat(proving.look(decide(0))).isEqualTo(new Finding.Known(null));
    assertThat(proving.look(decide(-1))).isInstanceOf(Finding.Later.class);
  }

  @Test
  void aCopyIsNotLookedAtMeanwhile() {
    proving.look(decide(1));
    assertThat(proving.look(decide(1))).isInstanceOf(Finding.Later.class);
    assertThat(answers).hasSize(1);
  }
}
