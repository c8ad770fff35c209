package dev.muster.orchestrator.app;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.T0;
import static dev.muster.orchestrator.readside.view.Journal.assignment;
import static dev.muster.orchestrator.readside.view.Journal.receipt;
import static dev.muster.orchestrator.readside.view.Journal.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.security.audit.AuditLog;
import dev.muster.orchestrator.security.audit.Chain;
import dev.muster.protocol.run.RunCommand.WorkerReported;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.WorkerEvent;
import dev.muster.protocol.worker.WorkerEvent.Assigned;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.Completed;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettledInJournalTest {
  private static final String ID = "WORKER_001";
  private static final Receipt RECEIPT = receipt(null, step("test 1", 0));
  private static final List<Artifact> FILES = RECEIPT.deliverables();
  private static final Completed COMPLETED = new Completed(2, RECEIPT, T0);

  private AuditLog audit;
  private Journal journal;
  private JournalReader reader;
  private SettledInJournal truth;
  private Assignment wanted = assignment(ID);

  @BeforeEach
  void open(@TempDir Path folder) {
    var database = Database.open(DatabaseSettings.embedded(folder), folder);
    audit = AuditLog.open(database.source(), Json::text, () -> T0);
    journal = new Journal(database);
    reader = new JournalReader(database.source());
    truth = truth(Runnable::run);
  }

  private SettledInJournal truth(Executor blocking) {
    return new SettledInJournal(reader, new Violations("node-a", audit, () -> T0), blocking);
  }

  @AfterEach
  void close() throws Exception {
    audit.close();
    journal.close();
  }

  private void did(WorkerEvent... events) {
    journal.worker(ID, events);
  }

  private void began() {
    did(new Assigned(assignment(ID), 0, T0), new AttemptStarted(2, "node-a", "3f2c", T0));
  }

  private boolean confirms(
      WorkerPhase phase,
      int epoch,
      int attempt,
      @Nullable String detail,
      List<Artifact> files,
      boolean weak) {
    var status =
        new WorkerStatus(
            phase, epoch, attempt, 0, "node-a", detail, List.of(), files, weak, T0, T0);
    return truth
        .confirms(RUN, new WorkerReported(ID, status), () -> wanted)
        .toCompletableFuture()
        .join();
  }

  private boolean completed(int epoch) {
    return confirms(WorkerPhase.COMPLETED, epoch, 2, null, FILES, false);
  }

  private boolean failed(int epoch, int attempt, String why) {
    return confirms(WorkerPhase.FAILED, epoch, attempt, why, List.of(), false);
  }

  private boolean cancelled(int epoch, String why) {
    return confirms(WorkerPhase.CANCELLED, epoch, 2, why, List.of(), false);
  }

  private boolean rehearsed(int epoch) {
    return confirms(WorkerPhase.REHEARSED, epoch, 0, null, List.of(), false);
  }

  /// A rehearsal, as its worker reports it.
  private static WorkerReported rehearsal(String worker) {
    return new WorkerReported(
        worker,
        new WorkerStatus(
            WorkerPhase.REHEARSED, 0, 0, 0, null, null, List.of(), List.of(), false, T0, T0));
  }

  @Test
  void theJournalIsAskedOfManyAtOnceAndEachIsAnsweredByItsOwnEvents() {
    var questions = new ArrayList<Runnable>();
    var many = truth(questions::add);
    var answers = new ArrayList<CompletableFuture<Boolean>>();
    for (var i = 0; i < 150; i++) {
      var id = "WORKER_%03d".formatted(i);
      journal.worker(id, new Assigned(assignment(id), 0, T0));
      if (i % 2 == 0) journal.worker(id, new WorkerEvent.Rehearsed(T0));
      answers.add(many.confirms(RUN, rehearsal(id), () -> assignment(id)).toCompletableFuture());
    }
    assertThat(questions).hasSize(1);
    questions.getFirst().run();
    assertThat(answers.stream().filter(CompletableFuture::isDone)).hasSize(100);
    assertThat(questions).hasSize(2);
    questions.getLast().run();
    for (var i = 0; i < 150; i++) assertThat(answers.get(i).join()).isEqualTo(i % 2 == 0);
    assertThat(questions).hasSize(2);
  }

  @Test
  void aJournalThatDoesNotAnswerConfirmsNothingAndIsAskedAgain() throws Exception {
    began();
    journal.close();
    for (var i = 0; i < 2; i++) {
      var answer = truth.confirms(RUN, rehearsal(ID), () -> wanted).toCompletableFuture();
      assertThat(answer).isCompletedExceptionally();
    }
  }

  @Test
  void whoHasDoneNothingHasNotSettled() {
    assertThat(completed(0)).isFalse();
    assertThat(failed(0, 2, "exit 1")).isFalse();
    assertThat(cancelled(0, "by me")).isFalse();
    assertThat(rehearsed(0)).isFalse();
  }

  @Test
  void whoIsUnderWayHasNotSettled() {
    began();
    assertThat(completed(0)).isFalse();
    assertThat(failed(0, 2, "exit 1")).isFalse();
    assertThat(cancelled(0, "by me")).isFalse();
    assertThat(rehearsed(0)).isFalse();
  }

  @Test
  void whatAnotherHasCompletedIsNotItsOwn() {
    journal.worker("WORKER_0010", COMPLETED);
    journal.worker("WORKER_00", COMPLETED);
    assertThat(completed(0)).isFalse();
  }

  @Test
  void completedHoldsForItsOwnAttemptAndFilesAlone() {
    began();
    did(COMPLETED);
    assertThat(completed(0)).isTrue();
    assertThat(confirms(WorkerPhase.COMPLETED, 0, 1, null, FILES, false)).isFalse();
    assertThat(confirms(WorkerPhase.COMPLETED, 0, 3, null, FILES, false)).isFalse();
    assertThat(confirms(WorkerPhase.COMPLETED, 0, 2, null, List.of(), false)).isFalse();
    var other = List.of(new Artifact("out/report.md", "f".repeat(64), 5, false));
    assertThat(confirms(WorkerPhase.COMPLETED, 0, 2, null, other, false)).isFalse();
    assertThat(confirms(WorkerPhase.COMPLETED, 0, 2, null, FILES, true)).isFalse();
    assertThat(failed(0, 2, "exit 1")).isFalse();
    assertThat(rehearsed(0)).isFalse();
  }

  /// Retrying a whole run leaves alone what is done.
  @Test
  void completedStaysSoInLaterEpochsAndNotInEarlierOnes() {
    began();
    did(new WorkerEvent.Reopened(assignment(ID), 3, T0), COMPLETED);
    assertThat(completed(3)).isTrue();
    assertThat(completed(4)).isTrue();
    assertThat(completed(2)).isFalse();
  }

  /// Before the worker has heard that other work is wanted, a node might say that it is done.
  @Test
  void whatWasDoneOfAnotherTextOrFromOtherInputsIsNotDoneInLaterEpochs() {
    began();
    did(COMPLETED);
    wanted = assigned("e".repeat(64), List.of());
    assertThat(completed(1)).isFalse();
    wanted = assigned("d".repeat(64), FILES);
    assertThat(completed(1)).isFalse();
    assertThat(completed(0)).isTrue();
    wanted = assigned("d".repeat(64), List.of());
    assertThat(completed(1)).isTrue();
  }

  private static Assignment assigned(String digest, List<Artifact> inputs) {
    return new Assignment(RUN, ID, digest, "/w", List.of(), inputs, false, 3);
  }

  @Test
  void aReopenedWorkerHasNotSettled() {
    began();
    did(COMPLETED, new WorkerEvent.Reopened(assignment(ID), 1, T0));
    assertThat(completed(0)).isFalse();
    assertThat(completed(1)).isFalse();
  }

  @Test
  void failedHoldsForItsOwnAttemptEpochAndReason() {
    began();
    did(new WorkerEvent.Failed(2, "exit 1", RECEIPT, T0));
    assertThat(failed(0, 2, "exit 1")).isTrue();
    assertThat(failed(0, 1, "exit 1")).isFalse();
    assertThat(failed(1, 2, "exit 1")).isFalse();
    assertThat(failed(0, 2, "exit 2")).isFalse();
    assertThat(completed(0)).isFalse();
  }

  /// A try that failed is followed by another.
  @Test
  void aFailedAttemptIsNoFailedWorker() {
    began();
    did(new WorkerEvent.AttemptFailed(2, "exit 1", RECEIPT, T0, T0));
    assertThat(failed(0, 2, "exit 1")).isFalse();
  }

  @Test
  void cancelledHoldsForItsOwnEpochAndReason() {
    began();
    did(new WorkerEvent.Cancelled("by me", T0));
    assertThat(cancelled(0, "by me")).isTrue();
    assertThat(cancelled(1, "by me")).isFalse();
    assertThat(cancelled(0, "by you")).isFalse();
    assertThat(completed(0)).isFalse();
  }

  @Test
  void rehearsedIsNotCompleted() {
    did(new Assigned(assignment(ID), 1, T0), new WorkerEvent.Rehearsed(T0));
    assertThat(rehearsed(1)).isTrue();
    assertThat(rehearsed(0)).isFalse();
    assertThat(completed(1)).isFalse();
  }

  @Test
  void theAuditLogSaysWhatWasNotBelieved() {
    assertThat(completed(0)).isFalse();
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(audit.before(Long.MAX_VALUE, 10))
                .extracting(Chain.Link::entry)
                .anyMatch(it ->
                    it.contains("VIOLATION")
                        && it.contains(RUN + "/" + ID)
                        && it.contains("COMPLETED")));
  }
}
