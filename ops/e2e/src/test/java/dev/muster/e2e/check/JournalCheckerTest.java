package dev.muster.e2e.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.check.JournalChecker.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A checker that cannot fail proves nothing: every rule is broken here once.
class JournalCheckerTest {
  private static final Evidence EFFECTS = new Evidence(List.of(), Story.effects());
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private static void broken(Story story, String... words) {
    var verdict = JournalChecker.check(story.rows(), EFFECTS);
    assertThat(String.join("\n", verdict.broken())).contains(words);
  }

  @Test
  void aJournalAsItShouldBeBreaksNothing() {
    var verdict = JournalChecker.check(Story.good().rows(), EFFECTS);
    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.workers()).isOne();
    assertThat(verdict.lost()).isZero();
    assertThat(verdict.doubled()).isZero();
  }

  @Test
  void aMissingSequenceNumberIsFound() {
    broken(Story.good().losing(Story.named("StepFinished")), "expected sequence number 3, found 4");
  }

  @Test
  void anOwnerThatWritesAfterItsSuccessorIsFound() {
    broken(
        Story.good()
            .change(
                Story.named("Completed"),
                row ->
                    new Row(
                        row.ordering(),
                        row.entity(),
                        row.seq(),
                        "a",
                        row.writtenAt(),
                        row.name(),
                        row.event())),
        "Completed: written by an owner that another had followed");
  }

  @Test
  void anAttemptThatIsLeftOutIsFound() {
    broken(
        Story.good()
            .change(
                row -> row.is("AttemptStarted") && row.number("attempt") == 2,
                row -> Story.saying(row, "{'attempt':3,'incarnation':'B'}")),
        "expected attempt 2, found 3");
  }

  @Test
  void anAttemptThatBeginsBeforeTheOneBeforeHasEndedIsFound() {
    broken(Story.good().without(Story.named("AttemptInterrupted")), "attempt 1 had not ended");
  }

  @Test
  void aLateReportOfAnOldAttemptIsFound() {
    broken(
        Story.good().change(Story.named("Completed"), row -> Story.saying(row, "{'attempt':1}")),
        "of attempt 1, but attempt 2 was the newest");
  }

  @Test
  void completingTwiceIsFound() {
    var story = Story.good().row(Story.WORKER, "b", "Completed", "{'attempt':2}");
    broken(story, "completed 2 times", "after the worker had settled");
    assertThat(JournalChecker.check(story.rows(), EFFECTS).doubled()).isOne();
  }

  @Test
  void aWorkerThatIsNeverSettledIsFound() {
    var story = Story.good().without(Story.named("WorkerSettled"));
    broken(story, "expected to be settled once, found []");
    assertThat(JournalChecker.check(story.rows(), EFFECTS).lost()).isOne();
  }

  @Test
  void aRunThatSaysOtherwiseThanItsWorkerIsFound() {
    broken(
        Story.good().without(Story.named("Completed")),
        "settled as COMPLETED, but its own end is ''");
  }

  @Test
  void aRunThatNeverFinishesOrFinishesTwiceIsFound() {
    broken(Story.good().without(Story.named("RunFinished")), "run_1: finished 0 times");
    broken(Story.good().row(Story.RUN, "r2", "RunFinished", "{}"), "run_1: finished 2 times");
  }

  @Test
  void aWaveThatBeginsTooEarlyIsFound() {
    var plan = "{'plan':{'workers':[{'id':'WORKER_000','wave':1},{'id':'WORKER_001','wave':2}]}}";
    broken(
        Story.good().change(Story.named("RunCreated"), row -> Story.saying(row, plan)),
        "WORKER_001 of wave 2, before wave 1 had settled");
  }

  @Test
  void aWorkerThatWasNeverReleasedIsFound() {
    broken(Story.good().without(Story.named("WorkersReleased")), "WORKER_001 was never released");
  }

  @Test
  void whatAnEarlierRunHasDoneNeedsNoLifeOfItsOwnButOnlyBeforeAnybodyIsReleased() {
    var plan = "{'plan':{'workers':[{'id':'WORKER_000','wave':1},{'id':'WORKER_001','wave':1}]}}";
    var done =
        "{'worker':'WORKER_000','status':{'phase':'COMPLETED','attempt':0,'detail':'done in"
            + " run_0'}}";
    var created = new Story().row(Story.RUN, "r1", "RunCreated", plan);
    var carried = created.row(Story.RUN, "r1", "WorkerSettled", done).like(Story.good(), 1);
    assertThat(JournalChecker.check(carried.rows(), EFFECTS).broken()).isEmpty();
    broken(
        Story.good().row(Story.RUN, "r1", "WorkerSettled", done), "WORKER_000 was never released");
  }

  @Test
  void anOperationWithoutItsDecisionIsFound() {
    broken(
        Story.good().without(Story.named("ApprovalDecided")), "PermitConsumed: without a decision");
  }

  @Test
  void anOperationThatWasRejectedAndStillPermittedIsFound() {
    broken(
        Story.good()
            .change(
                Story.named("ApprovalDecided"),
                row -> Story.saying(row, "{'approval':'x','decision':'REJECTED'}")),
        "PermitConsumed: it was REJECTED");
  }

  @Test
  void decidingTwiceIsFound() {
    broken(
        Story.good()
            .row(Story.GATE, "g", "ApprovalDecided", "{'approval':'x','decision':'EXPIRED'}"),
        "it was APPROVED already");
  }

  @Test
  void aPermitThatIsUsedTwiceIsFound() {
    broken(
        Story.good().row(Story.GATE, "g", "PermitConsumed", "{'approval':'x','attempt':2}"),
        "the permit was used up",
        "its outcome was recorded already");
  }

  @Test
  void aPermitThatWasGivenBackMayBeUsedAgain() {
    var story =
        Story.good()
            .row(Story.GATE, "g", "ApprovalRequested", "{'approval':'y','operation':{'ordinal':2}}")
            .row(Story.GATE, "g", "ApprovalDecided", "{'approval':'y','decision':'APPROVED'}")
            .row(Story.GATE, "g", "PermitConsumed", "{'approval':'y','attempt':2}")
            .row(Story.GATE, "g", "PermitRestored", "{'approval':'y'}")
            .row(Story.GATE, "g", "PermitConsumed", "{'approval':'y','attempt':3}");
    assertThat(JournalChecker.check(story.rows(), EFFECTS).broken()).isEmpty();
  }

  @Test
  void anOutcomeThatIsRecordedTwiceIsFound() {
    var outcome = "{'approval':'x','outcome':{'result':{'exitCode':0}}}";
    broken(
        Story.good().row(Story.GATE, "g", "OutcomeRecorded", outcome),
        "its outcome was recorded already",
        "it had happened already");
  }

  @Test
  void anEffectThatHappensTwiceIsFound() {
    var twice = List.of(new Effect("run_1", "WORKER_001", 2), new Effect("run_1", "WORKER_001", 2));
    var verdict = JournalChecker.check(Story.good().rows(), new Evidence(List.of(), twice));
    assertThat(verdict.broken()).singleElement().asString().contains("its effect happened again");
    assertThat(verdict.doubled()).isOne();
  }

  @Test
  void anEffectWithoutAPermitIsFound() {
    var other = List.of(new Effect("run_1", "WORKER_001", 1));
    var verdict = JournalChecker.check(Story.good().rows(), new Evidence(List.of(), other));
    assertThat(verdict.broken()).singleElement().asString().contains("an effect without a permit");
  }

  @Test
  void aCompletedWorkerWhoseEffectIsMissingIsFound() {
    var other = List.of(new Effect("run_1", "WORKER_002", 1));
    var verdict = JournalChecker.check(Story.good().rows(), new Evidence(List.of(), other));
    assertThat(verdict.broken()).anyMatch(it -> it.contains("and its effect did not happen"));
  }

  @Test
  void aLifeThatWritesLongAfterItWasFencedIsFound() {
    var other = "Worker|run_1/WORKER_002";
    var third = "Worker|run_1/WORKER_003";
    broken(
        Story.good()
            .later(5_000)
            .row(other, "c", "AttemptStarted", "{'attempt':1,'node':'w1','incarnation':'A'}")
            .row(third, "d", "AttemptStarted", "{'attempt':1,'node':'w1','incarnation':'A2'}"),
        "after its life A was fenced");
  }

  @Test
  void aWorkerThatWasMovedAsItRanIsCounted() {
    var verdict = JournalChecker.check(Story.good().rows(), EFFECTS);
    assertThat(verdict.moved()).isOne();
  }

  @Test
  void aWorkerThatWasMovedWhileItWaitedFencesNobody() {
    var worker = "Worker|run_1/WORKER_002";
    var story =
        Story.good()
            .row(worker, "c", "AttemptStarted", "{'attempt':1,'incarnation':'C'}")
            .row(worker, "c", "OperationHeld", "{'attempt':1}")
            .row(worker, "d", "OperationDecided", "{'attempt':1}")
            .row(worker, "d", "AttemptInterrupted", "{'attempt':1}")
            .row(worker, "d", "AttemptStarted", "{'attempt':2,'incarnation':'D'}")
            .later(5_000)
            .row(
                "Worker|run_1/WORKER_003",
                "e",
                "AttemptStarted",
                "{'attempt':1,'incarnation':'C'}");
    assertThat(JournalChecker.check(story.rows(), EFFECTS).broken()).isEmpty();
  }

  @Test
  void twoAttemptsThatRunAtOnceOnTwoNodesAreFound() {
    var one = new Trace("w1", "run_1/WORKER_001", 1, NOON, NOON.plusSeconds(9));
    var other = new Trace("w2", "run_1/WORKER_001", 2, NOON.plusSeconds(6), NOON.plusSeconds(12));
    var verdict =
        JournalChecker.check(
            Story.good().rows(), new Evidence(List.of(one, other), Story.effects()));
    assertThat(verdict.broken()).singleElement().asString().contains("overlap by 3000 ms");
    assertThat(verdict.longestOverlap()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void attemptsThatFollowEachOtherDoNotOverlap() {
    var one = new Trace("w1", "run_1/WORKER_001", 1, NOON, NOON.plusSeconds(5));
    var other = new Trace("w2", "run_1/WORKER_001", 2, NOON.plusSeconds(6), NOON.plusSeconds(12));
    var verdict =
        JournalChecker.check(
            Story.good().rows(), new Evidence(List.of(one, other), Story.effects()));
    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.longestOverlap()).isZero();
  }

  @Test
  void aStallIsMeasuredWhileWorkersAreUnsettledOnly() {
    var story = Story.good().later(60_000).row("Gate|run_2", "g", "GateOpened", "{}");
    assertThat(JournalChecker.check(story.rows(), EFFECTS).longestStall())
        .isEqualTo(Duration.ofMillis(100));
  }
}
