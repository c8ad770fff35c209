package dev.muster.node.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.node.agent.AgentProgress;
import dev.muster.node.executor.Executor.AskFor;
import dev.muster.node.executor.Executor.Cancel;
import dev.muster.node.executor.Executor.Describe;
import dev.muster.node.executor.Executor.Execute;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.Interrupted;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.protocol.worker.WorkerCommand;
import dev.muster.protocol.worker.WorkerCommand.Report;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The executor's bookkeeping, with work that only sleeps, fails or throws.
class SlotsTest {
  private static final ActorTestKit ACTORS = ActorTestKit.create();
  private static final int SLOTS = 3;

  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostRunning = new AtomicInteger();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  @AfterAll
  static void shutdown() {
    ACTORS.shutdownTestKit();
  }

  private AttemptReport work(long millis, boolean dies) {
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      Thread.sleep(millis);
      if (dies) throw new IllegalStateException("the thread dies");
      return new Unsuccessful("done", true, null);
    } catch (InterruptedException _) {
      return new Interrupted("stopped");
    } finally {
      running.decrementAndGet();
    }
  }

  private static Execute execute(String worker, int attempt, ActorRef<WorkerCommand> reportTo) {
    var assignment = new Assignment("run_1", worker, "d", "/t", List.of(), List.of(), false, 3);
    return new Execute(assignment, attempt, 1, 1, 1, reportTo, 0, null, AgentProgress.NONE, null);
  }

  private Occupancy occupancy(ActorRef<Executor.Command> executor) {
    TestProbe<Occupancy> probe = ACTORS.createTestProbe();
    executor.tell(new Describe(probe.ref()));
    return probe.receiveMessage();
  }

  private ActorRef<WorkerCommand> acknowledging(SplittableRandom random) {
    return ACTORS.spawn(
        Behaviors.receiveMessage(command -> {
          if (command instanceof Report report && random.nextInt(4) > 0) {
            told.add(report.attempt() + " " + report.report());
            report.replyTo().tell(Done.getInstance());
          }
          return Behaviors.same();
        }));
  }

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 10));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noSlotIsEverLostOrTakenTwice(long seed) {
    var random = new SplittableRandom(seed);
    var workers = acknowledging(random.split());
    var executor =
        ACTORS.spawn(
            Executor.create(
                new ExecutorSettings(SLOTS, 5, 2, "node"),
                request -> {
                  var millis = random.nextLong(15);
                  return (Lifeline _) -> work(millis, request.attempt() % 7 == 3);
                }));
    for (var step = 0; step < 200; step++) {
      var worker = "WORKER_" + random.nextInt(12);
      var attempt = 1 + step / 20;
      switch (random.nextInt(4)) {
        case 0 -> executor.tell(new Cancel("run_1/" + worker, attempt));
        case 1 -> executor.tell(new AskFor("run_1/" + worker, attempt, 1, workers));
        default -> executor.tell(execute(worker, attempt, workers));
      }
      if (step % 10 == 0) {
        var occupancy = occupancy(executor);
        assertThat(occupancy.busy()).as("seed %d, step %d", seed, step).isLessThanOrEqualTo(SLOTS);
        assertThat(occupancy.queued()).isLessThanOrEqualTo(5);
      }
    }
    await()
        .untilAsserted(() -> {
          assertThat(occupancy(executor).busy()).as("seed %d", seed).isZero();
          assertThat(occupancy(executor).queued()).isZero();
        });
    assertThat(running).hasValue(0);
    assertThat(mostRunning).hasValueLessThanOrEqualTo(SLOTS);
  }

  @Test
  void whatDoesNotFitIntoTheQueueIsInterruptedAtOnce() {
    TestProbe<WorkerCommand> worker = ACTORS.createTestProbe();
    var executor =
        ACTORS.spawn(
            Executor.create(new ExecutorSettings(1, 1, 2, "node"), _ -> _ -> work(60_000, false)));
    for (var i = 1; i <= 3; i++) executor.tell(execute("WORKER_" + i, 1, worker.ref()));
    var report = (Report) worker.receiveMessage();
    assertThat(report.report()).isEqualTo(new Interrupted("1 attempts wait for a slot already"));
    assertThat(occupancy(executor)).matches(now -> now.busy() == 1 && now.queued() == 1);
    executor.tell(new Cancel("run_1/WORKER_2", 1));
    executor.tell(new Cancel("run_1/WORKER_1", 1));
    await().until(() -> occupancy(executor).busy() == 0);
  }

  @Test
  void workThatDiesFreesItsSlotAndIsReported() {
    TestProbe<WorkerCommand> worker = ACTORS.createTestProbe();
    var executor =
        ACTORS.spawn(
            Executor.create(new ExecutorSettings(1, 1, 2, "node"), _ -> _ -> work(0, true)));
    executor.tell(execute("WORKER_1", 1, worker.ref()));
    var report = (Report) worker.receiveMessage();
    assertThat(((Unsuccessful) report.report()).reason()).contains("the thread dies");
    await().until(() -> occupancy(executor).busy() == 0);
  }

  @Test
  void theTimeThatSlotsAreTakenIsCounted() {
    TestProbe<WorkerCommand> worker = ACTORS.createTestProbe();
    var executor =
        ACTORS.spawn(
            Executor.create(new ExecutorSettings(2, 1, 2, "node"), _ -> _ -> work(100, false)));
    executor.tell(execute("WORKER_1", 1, worker.ref()));
    executor.tell(execute("WORKER_2", 1, worker.ref()));
    await().until(() -> occupancy(executor).busy() == 0);
    assertThat(occupancy(executor).slotTime().toMillis()).isBetween(190L, 5_000L);
  }
}
