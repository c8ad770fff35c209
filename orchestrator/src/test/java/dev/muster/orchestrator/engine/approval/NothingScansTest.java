package dev.muster.orchestrator.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.Visits;
import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.protocol.approval.ApprovalCommand.Claim;
import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.ApprovalCommand.Close;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.instruction.Risk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What a gate does for one operation, or every second, does not grow with those that wait. Entries
/// looked at are counted.
class NothingScansTest {
  private static final ApprovalRules RULES = ApprovalRules.STANDARD;
  private static final ActorTestKit ACTORS = GateHarness.actors();
  private static final Instant NOW = GateHarness.NOW;
  private static final int MANY = 500;

  @AfterAll
  static void stop() {
    ACTORS.shutdownTestKit();
  }

  private static OperationRequest operation(int number) {
    return new OperationRequest(
        "WORKER_%03d".formatted(number),
        1,
        "digest " + number,
        0,
        "file_delete",
        Risk.WRITE,
        "c",
        "rm x",
        List.of(),
        false,
        "/w",
        null);
  }

  private static GateState waiting(int count) {
    var state = GateState.EMPTY;
    for (var n = 0; n < count; n++) {
      var at = NOW.plusMillis(n);
      state = state.evolve(Requests.of("run_1", state, RULES, operation(n), false, null, at));
    }
    return state;
  }

  private static long visits(int count, Consumer<GateState> what) {
    var state = waiting(count);
    var visits = new Visits();
    what.accept(
        new GateState(
            state.policy(),
            state.waitMax(),
            visits.in(state.entries()),
            state.latest(),
            state.identities(),
            state.undecided(),
            state.bypasses()));
    return visits.count();
  }

  private static void growsWithNothing(Consumer<GateState> what) {
    assertThat(visits(2 * MANY, what)).isEqualTo(visits(MANY, what));
  }

  @Test
  void lookingForWhatIsOverdueLooksAtNothingElse() {
    var soon = NOW.plus(GateState.WAIT_DEFAULT);
    growsWithNothing(state -> assertThat(Requests.overdue("run_1", state, RULES, NOW)).isEmpty());
    growsWithNothing(state -> assertThat(Requests.overdue("run_1", state, RULES, soon)).hasSize(1));
    assertThat(Requests.overdue("run_1", waiting(3), RULES, soon.plus(Duration.ofDays(1))))
        .hasSize(3);
  }

  @Test
  void closingWhatOneAskedLooksAtNothingElse() {
    var close = new Close(List.of("WORKER_007", "WORKER_ABSENT"), "me", "because");
    growsWithNothing(state ->
        assertThat(Requests.closed(state, close, NOW))
            .singleElement()
            .satisfies(closed -> {
              var after = state.evolve(closed);
              assertThat(Requests.closed(after, close, NOW)).isEmpty();
            }));
  }

  @Test
  void aClaimLooksAtItsOwnOperation() {
    TestProbe<Claimed> probe = ACTORS.createTestProbe();
    ActorRef<Claimed> executor = probe.ref();
    growsWithNothing(state -> {
      var first = new Claim(operation(3 * MANY), 1, "node-a#1", executor);
      var ruling = Claims.ruling("run_1", state, RULES, first, NOW);
      assertThat(ruling.answer().apply(state)).isInstanceOf(Claimed.Pending.class);
      var again = new Claim(operation(5), 1, "node-a#1", executor);
      assertThat(Claims.ruling("run_1", state, RULES, again, NOW).events()).isEmpty();
    });
  }
}
