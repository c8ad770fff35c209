package dev.muster.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.executor.Executor;
import dev.muster.node.executor.Occupancy;
import dev.muster.node.worker.WorkerState.AwaitingApproval;
import dev.muster.node.worker.WorkerState.Backoff;
import dev.muster.node.worker.WorkerState.Failed;
import dev.muster.node.worker.WorkerState.Idle;
import dev.muster.node.worker.WorkerState.Paused;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.ReleaseShards;
import dev.muster.protocol.worker.ReleaseShards.Released;
import dev.muster.protocol.worker.WorkerAddress;
import dev.muster.protocol.worker.WorkerCommand.Wish;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A shard that moves to another node, and the workers in it.
class LeavingTest {
  private static final ActorTestKit ACTORS = WorkerHarness.actors();
  private static final String SHARD = WorkerAddress.shardId(WorkerHarness.ENTITY);

  private final WorkerHarness worker = new WorkerHarness(ACTORS);

  @AfterEach
  void stop() {
    worker.close();
  }

  @AfterAll
  static void stopActors() {
    ACTORS.shutdownTestKit();
  }

  // --- its workers ---

  /// The attempt that the executor is told to carry out next.
  private int begun() {
    while (true) {
      if (worker.executor.receiveMessage() instanceof Executor.Execute it) return it.attempt();
    }
  }

  @Test
  void aWorkerThatIsAssignedMeanwhileBeginsWhenTheShardStays() {
    worker.departures.mayLeave(SHARD);
    assertThat(worker.assign(Wish.RUN).hasNoEvents()).isTrue();
    assertThat(worker.state()).isInstanceOf(Idle.class);

    worker.departures.stays(SHARD);
    assertThat(begun()).isEqualTo(1);
  }

  @Test
  void neitherTimeNorAnOperatorNorADecisionBeginsAnAttemptInIt() {
    worker.assign(Wish.RUN);
    assertThat(begun()).isEqualTo(1);
    worker.report(1, 1, new AttemptReport.Interrupted("lost"));
    worker.departures.mayLeave(SHARD);
    worker.backoffElapsed(1);
    assertThat(worker.state()).isInstanceOf(Backoff.class);
    worker.departures.stays(SHARD);
    assertThat(begun()).isEqualTo(2);

    worker.assign(Wish.PAUSE);
    worker.departures.mayLeave(SHARD);
    worker.assign(Wish.RUN);
    assertThat(worker.state()).isInstanceOf(Paused.class);
    worker.departures.stays(SHARD);
    assertThat(begun()).isEqualTo(3);

    worker.report(3, 1, WorkerHarness.HELD);
    worker.departures.mayLeave(SHARD);
    worker.decided("apr_1_a", Decision.APPROVED);
    assertThat(worker.state()).isInstanceOf(AwaitingApproval.class);
    worker.departures.stays(SHARD);
    assertThat(begun()).isEqualTo(3);
  }

  @Test
  void whatBeginsNothingIsDoneAtOnce() {
    worker.assign(Wish.RUN);
    worker.report(1, 1, WorkerHarness.HELD);
    worker.departures.mayLeave(SHARD);
    worker.decided("apr_1_a", Decision.REJECTED);
    assertThat(worker.state()).isInstanceOf(Failed.class);
    worker.assignAt(10, 1, Wish.PAUSE);
    assertThat(worker.state()).isInstanceOf(Paused.class);
  }

  @Test
  void anOldWishIsNotHeardAgainAfterANewerOne() {
    worker.departures.mayLeave(SHARD);
    worker.assign(Wish.RUN);
    worker.assign(Wish.PAUSE);
    worker.departures.stays(SHARD);
    worker.executor.expectNoMessage(Duration.ofMillis(1_500));
    assertThat(worker.state()).isInstanceOf(Paused.class);
  }

  @Test
  void theShardMayLeaveOnceTheExecutorKnowsTheAttempt() {
    worker.assign(Wish.RUN);
    worker.executor.expectMessageClass(Executor.Execute.class);
    assertThat(worker.departures.mayLeave(SHARD)).isTrue(); // from here on it is the executor's say
  }

  // --- its node ---

  private static ActorRef<ReleaseShards> release(
      TestProbe<Executor.Command> executor, Departures departures) {
    var release = ACTORS.spawn(ShardRelease.create(executor.ref(), departures));
    var listings = ACTORS.createTestProbe(Receptionist.Listing.class);
    ACTORS
        .system()
        .receptionist()
        .tell(Receptionist.subscribe(ReleaseShards.SERVICE_KEY, listings.ref()));
    while (true) {
      var found =
          listings.receiveMessage().getServiceInstances(ReleaseShards.SERVICE_KEY).stream()
              .filter(it -> it.path().parent().equals(release.path()))
              .findAny();
      if (found.isPresent()) return found.get();
    }
  }

  private static Occupancy busy(String... shards) {
    return new Occupancy(2, 1, 0, Duration.ZERO, false, List.of(shards), 0);
  }

  @Test
  void aNodeLetsGoWhatItsExecutorDoesNotKnow() {
    var executor = ACTORS.<Executor.Command>createTestProbe();
    var departures = new Departures();
    var answers = ACTORS.createTestProbe(Released.class);
    departures.mayBegin(WorkerHarness.ENTITY);
    release(executor, departures)
        .tell(new ReleaseShards(List.of(SHARD, "gpu/1", "gpu/2"), answers.ref()));
    executor.expectMessageClass(Executor.Describe.class).replyTo().tell(busy("gpu/1"));

    assertThat(answers.receiveMessage().shards()).containsExactly("gpu/2");
    departures.hasBegun(WorkerHarness.ENTITY);
    assertThat(departures.mayBegin(WorkerHarness.ENTITY)).isTrue();
  }

  @Test
  void aNodeWhoseExecutorIsSilentKeepsEverything() {
    var executor = ACTORS.<Executor.Command>createTestProbe();
    var departures = new Departures();
    var answers = ACTORS.createTestProbe(Released.class);
    release(executor, departures).tell(new ReleaseShards(List.of(SHARD), answers.ref()));

    assertThat(answers.receiveMessage().shards()).isEmpty();
    assertThat(departures.mayBegin(WorkerHarness.ENTITY)).isTrue();
  }
}
