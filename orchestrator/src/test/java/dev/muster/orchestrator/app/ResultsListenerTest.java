package dev.muster.orchestrator.app;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.orchestrator.journal.storage.KeptArtifacts;
import dev.muster.orchestrator.journal.storage.ResultsOwnerTable;
import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.journal.tail.JournalException;
import dev.muster.orchestrator.readside.result.ResultsWriter;
import dev.muster.orchestrator.readside.table.ReadSide;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.run.ResultsReport;
import dev.muster.protocol.run.RunEvent.RunFinished;
import dev.muster.protocol.run.RunPhase;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.worker.WorkerEvent.Rehearsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ResultsListenerTest {
  /// Three batches.
  private static final int WORKERS = 2 * DueResults.BATCH_MAX + 1;

  @TempDir Path folder;

  /// One is told of the end by the run, the other finds that nothing is written.
  @Test
  void ofTwoOrchestratorsOneWritesAndAFolderThatWasRemovedStaysAway() throws IOException {
    try (var journal = new Journal(Vendor.H2.open(folder))) {
      var ended = journal.now();
      var created = journal.created(folder.resolve("out"), false, planned("WORKER_001", 1));
      journal.run(created, new RunFinished(RunPhase.COMPLETED, 1, ended));
      var runs = ReadSide.of(journal.database(), journal::now).runs();
      var writer = new ResultsWriter(runs, _ -> null, new KeptArtifacts());
      var table = new ResultsOwnerTable(journal.database());
      var there = new HashSet<>(Set.of("a#1", "b#1"));
      var told = new CopyOnWriteArrayList<ResultsReport>();
      try (var b = listener(writer, table, "b#1", there)) {
        b.completeAfter(List.of(RUN), (_, report) -> told.add(report));
      }
      assertThat(told).hasSize(1);
      var summary = folder.resolve("out").resolve(RUN).resolve("execution_summary.json");
      var written = Files.getLastModifiedTime(summary);
      try (var a = listener(writer, table, "a#1", there)) {
        a.summaryDue(status(created.settings(), ended), told::add);
        a.completeAfter(List.of(RUN), (_, report) -> told.add(report));
      }
      assertThat(told).as("it is b's").hasSize(1);
      assertThat(Files.getLastModifiedTime(summary)).isEqualTo(written);

      there.remove("b#1");
      try (var a = listener(writer, table, "a#1", there)) {
        a.completeAfter(List.of(RUN), (_, report) -> told.add(report));
      }
      assertThat(told).as("b went before it was known").hasSize(2);
      journal.run(told.getFirst().at(journal.now()));
      Files.move(folder.resolve("out"), folder.resolve("removed"));
      try (var a = listener(writer, table, "a#1", there)) {
        a.completeAfter(List.of(RUN), (_, report) -> told.add(report));
      }
      assertThat(told).hasSize(2);
      assertThat(folder.resolve("out")).doesNotExist();
    }
  }

  /// After a start that fills the tables anew.
  @Test
  void whatIsThereIsNotSaidToBeUnwrittenWhileTheTablesCannotTell() {
    var said = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger(ResultsThread.class);
    logger.setLevel(Level.INFO);
    logger.addAppender(said);
    said.start();
    try (var journal = new Journal(Vendor.H2.open(folder))) {
      var created = journal.created(folder.resolve("out"), false, planned("WORKER_001", 1));
      journal.run(created, new RunFinished(RunPhase.COMPLETED, 1, journal.now()));
      var readSide = ReadSide.of(journal.database(), journal::now);
      // It takes nothing in any more, and says that it is behind.
      readSide.tail().close();
      var writer = new ResultsWriter(readSide.runs(), _ -> null, new KeptArtifacts());
      try (var listener = new ResultsListener(writer)) {
        listener.completeAfter(List.of("run_of_before_1", "run_of_before_2"), (_, _) -> {});
      }
    } finally {
      logger.detachAppender(said);
      logger.setLevel(null);
    }
    assertThat(said.list)
        .filteredOn(it -> it.getFormattedMessage().contains("run_of_before"))
        .as("the first waits for both")
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getLevel()).isEqualTo(Level.INFO);
          assertThat(event.getFormattedMessage())
              .contains("run_of_before_1 wait", "behind the journal");
        });
  }

  /// It has begun, and hangs in the middle of the files: on a disk that does not answer, say.
  @Test
  void whatItsOwnerDoesNotGoOnWithIsTakenOverAndNotWrittenTwice() throws Exception {
    try (var journal = new Journal(Vendor.H2.open(folder))) {
      var created = journal.created(folder.resolve("out"), false, planned("WORKER_001", 1));
      journal.run(created);
      journal.worker("WORKER_001", new Rehearsed(journal.now()));
      var ended = journal.now();
      journal.run(new RunFinished(RunPhase.COMPLETED, 1, ended));
      var runs = ReadSide.of(journal.database(), journal::now).runs();
      var table = new ResultsOwnerTable(journal.database());
      var hangs = new CountDownLatch(1);
      var hung = new CountDownLatch(1);
      var done = new CountDownLatch(1);
      var told = new CopyOnWriteArrayList<String>();
      var clock = new AtomicLong();
      var looks = new AtomicInteger();
      ResultsWriter.Instructions hanging =
          _ -> {
            hung.countDown();
            hangs(hangs);
            return null;
          };
      var summary = folder.resolve("out").resolve(RUN).resolve("execution_summary.json");
      try (var a = new ResultsListener(new ResultsWriter(runs, hanging, new KeptArtifacts()));
          var b = new ResultsListener(new ResultsWriter(runs, _ -> null, new KeptArtifacts()))) {
        a.ownedBy(new SharedResults(table, "a#1", _ -> true, clock::get));
        b.ownedBy(new Counting(new SharedResults(table, "b#1", _ -> true, clock::get), looks));
        a.completeAfter(List.of(RUN), (_, _) -> told.add("a"));
        assertThat(hung.await(60, TimeUnit.SECONDS)).isTrue();
        BiConsumer<String, ResultsReport> byB =
            (_, _) -> {
              told.add("b");
              done.countDown();
            };
        var owed = RunWaker.withoutResults(runs);
        assertThat(owed).containsExactly(RUN);
        b.completeAfter(owed, byB);
        look(b, looks, owed, byB);
        clock.addAndGet(SharedResults.STILL.toNanos() - 1);
        look(b, looks, owed, byB);
        assertThat(told).as("a may be slow").isEmpty();
        assertThat(table.keep(RUN, ended, "a#1")).as("a moves on").isTrue();
        clock.addAndGet(1);
        look(b, looks, owed, byB);
        assertThat(told).isEmpty();
        clock.addAndGet(SharedResults.STILL.toNanos());
        look(b, looks, owed, byB);
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        Files.delete(summary);
        hangs.countDown();
      }
      assertThat(told).as("a has heard of it").containsExactly("b");
      assertThat(summary).as("nor does it write any more").doesNotExist();
    }
  }

  private static void hangs(CountDownLatch until) {
    try {
      until.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Counts how often somebody has looked.
  private record Counting(ResultsOwner owner, AtomicInteger looks) implements ResultsOwner {
    @Override
    public boolean take(String run, Instant endedAt) {
      return owner.take(run, endedAt);
    }

    @Override
    public boolean keeps(String run, Instant endedAt) {
      return owner.keeps(run, endedAt);
    }

    @Override
    public boolean takeOver(String run, Instant endedAt) {
      var taken = owner.takeOver(run, endedAt);
      looks.incrementAndGet();
      return taken;
    }
  }

  private static void look(
      ResultsListener listener,
      AtomicInteger looks,
      List<String> owed,
      BiConsumer<String, ResultsReport> done)
      throws InterruptedException {
    var before = looks.get();
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (looks.get() == before) {
      listener.completeOverlooked(owed, done);
      assertThat(System.nanoTime() - until).as("looked within a minute").isNegative();
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Test
  void anEndAtWhichTheDatabaseIsAwayForAMomentHasItsResultsAndTellsOfThem() throws Exception {
    try (var journal = new Journal(Vendor.H2.open(folder))) {
      var ended = journal.now();
      var created = journal.created(folder.resolve("out"), false, planned("WORKER_001", 1));
      journal.run(created, new RunFinished(RunPhase.COMPLETED, 1, ended));
      var told = new LinkedBlockingQueue<ResultsReport>();
      var asked = new AtomicInteger();
      try (var listener = listener(journal)) {
        listener.ownedBy((_, _) -> {
          if (asked.incrementAndGet() == 1) throw new JournalException("it is away", null);
          return true;
        });
        listener.summaryDue(status(created.settings(), ended), told::add);
        assertThat(told.poll(20, TimeUnit.SECONDS)).isNotNull();
      }
      assertThat(folder.resolve("out").resolve(RUN).resolve("execution_summary.json")).exists();
    }
  }

  @Test
  void whatAnotherOrchestratorWritesIsNotWrittenBesideIt() throws IOException {
    try (var journal = new Journal(Vendor.H2.open(folder))) {
      var workers = crowd();
      var created = journal.created(folder.resolve("out"), false, workers);
      journal.run(created);
      try (var listener = listener(journal)) {
        listener.ownedBy((_, _) -> {
          for (var worker : workers) listener.settled(RUN, worker.id());
          return false;
        });
        listener.summaryDue(status(created.settings(), journal.now()), _ -> {});
      }
      assertThat(folder.resolve("out")).doesNotExist();
    }
  }

  private static Planned[] crowd() {
    return IntStream.range(0, WORKERS)
        .mapToObj(n -> planned("WORKER_%04d".formatted(n), 1))
        .toArray(Planned[]::new);
  }

  private static ResultsListener listener(Journal journal) {
    var runs = ReadSide.of(journal.database(), journal::now).runs();
    return new ResultsListener(new ResultsWriter(runs, _ -> null, new KeptArtifacts()));
  }

  private static RunStatus status(RunSettings settings, Instant ended) {
    var counts = new RunStatus.Counts(1, 1, 0, 0, 0, 0, 0, 0, 0);
    return new RunStatus(
        RUN,
        "hello",
        RunPhase.COMPLETED,
        settings,
        Journal.T0,
        ended,
        0,
        counts,
        List.of(),
        List.of(),
        0,
        1,
        0,
        true);
  }

  private static ResultsListener listener(
      ResultsWriter writer, ResultsOwnerTable table, String name, Set<String> there) {
    var listener = new ResultsListener(writer);
    listener.ownedBy((run, ended) -> table.take(run, ended, name, there::contains));
    return listener;
  }

  @Test
  void closingWritesEverythingThatIsDue() throws IOException {
    try (var journal = new Journal(Vendor.H2.open(folder))) {
      var workers = crowd();
      journal.run(journal.created(folder.resolve("out"), false, workers));
      try (var listener = listener(journal)) {
        for (var worker : workers) listener.settled(RUN, worker.id());
      }
      try (var files = Files.list(folder.resolve("out").resolve(RUN).resolve("workers"))) {
        assertThat(files).hasSize(WORKERS);
      }
    }
  }
}
