package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.protocol.approval.ApprovalEvent.GateOpened;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.WorkerCommand.Assign;
import dev.muster.protocol.worker.WorkerCommand.Wish;
import dev.muster.protocol.worker.WorkerEvent.Assigned;
import dev.muster.protocol.worker.WorkerEvent.AttemptInterrupted;
import dev.muster.protocol.worker.WorkerEvent.AttemptStarted;
import dev.muster.protocol.worker.WorkerEvent.Completed;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.LoggerFactory;

/// The journal writes events of many entities in one batch, and one clash of keys fails all of it.
/// A clash is what is left when two nodes have written for the same entity: the second is told so.
@Execution(ExecutionMode.CONCURRENT)
class KeyClash {
  private static final int WORKERS = 40;

  /// For what was told to everybody to wait in the journal's queue.
  private static final Duration QUEUED = Duration.ofSeconds(2);

  private static final Instant EARLIER = Instant.parse("2026-03-01T10:00:00Z");
  private static final Pattern FAILED =
      Pattern.compile("Failed to persist event.* for persistenceId \\[([^\\]]+)\\]");

  @TempDir private Path folder;

  /// Its name tells the two tests apart, which write to one log.
  private String run = "";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");

  @AfterEach
  void stopListening() {
    root.detachAppender(log);
  }

  @Test
  void neighboursOfAClashRecoverOnH2() throws Exception {
    run = "run_h2";
    neighboursOfAClashRecover(Database.open(DatabaseSettings.embedded(folder), folder));
  }

  @Test
  void neighboursOfAClashRecoverOnPostgres() throws Exception {
    run = "run_postgres";
    var settings = new DatabaseSettings(PostgresServer.freshDatabase(), PostgresServer.USER, "");
    neighboursOfAClashRecover(Database.open(settings, folder));
  }

  private void neighboursOfAClashRecover(Database database) throws Exception {
    log.start();
    root.addAppender(log);
    root.setLevel(Level.WARN);
    try (var it = new JournalledEntities(database, folder)) {
      begun(it);
      completed(it);
      gatesOpened(it);
    }
  }

  /// All begin at once, and of one another node has begun an attempt already.
  private void begun(JournalledEntities it) throws Exception {
    it.executor.mayEnd = _ -> false;
    for (var n = 1; n <= WORKERS; n++) it.wake(run + "/" + name(n));
    it.insert(id(7), 1, new Assigned(assignment(7), 0, EARLIER));
    it.insert(id(7), 2, new AttemptStarted(1, "node-b", "another life", EARLIER));
    try (var stalled = it.stall(id(1), 1)) {
      assign(it, 1);
      Thread.sleep(QUEUED);
      assign(it);
      Thread.sleep(QUEUED);
      stalled.rollback();
    }
    until(it, () -> it.executor.working.size() == WORKERS);
    assertThat(failed()).as("whose write failed").contains(id(7)).hasSizeGreaterThan(10);
    assertThat(it.executor.working.get(run + "/" + name(7))).as("attempts of 7").isEqualTo(2);
  }

  /// All end at once, and one was interrupted by another node meanwhile.
  private void completed(JournalledEntities it) throws Exception {
    log.list.clear();
    it.insert(id(23), 3, new AttemptInterrupted(1, "node-b said so", EARLIER, EARLIER));
    try (var stalled = it.stall(id(1), 3)) {
      it.executor.mayEnd = worker -> worker.endsWith(name(1));
      Thread.sleep(QUEUED);
      it.executor.mayEnd = _ -> true;
      Thread.sleep(QUEUED);
      stalled.rollback();
    }
    until(
        it,
        () ->
            it.reported.size() == WORKERS
                && it.reported.values().stream()
                    .allMatch(status -> status.phase() == WorkerPhase.COMPLETED));
    assertThat(failed()).as("whose write failed").contains(id(23)).hasSizeGreaterThan(10);
    for (var n = 1; n <= WORKERS; n++) whole(it, n);
    assertThat(attempts(it, 7)).containsExactly(1, 2);
    assertThat(attempts(it, 23)).containsExactly(1, 2);
    assertThat(attempts(it, 24)).containsExactly(1);
  }

  private void whole(JournalledEntities it, int worker) {
    var rows = rows(it, worker);
    assertThat(rows.stream().map(JournalRow::number))
        .as("numbers of " + name(worker))
        .isEqualTo(IntStream.rangeClosed(1, rows.size()).mapToObj(n -> (long) n).toList());
    assertThat(rows.stream().filter(row -> row.event() instanceof Completed))
        .as("ends of " + name(worker))
        .hasSize(1);
  }

  /// Gates of many runs open at once, and one has been opened by another node.
  private void gatesOpened(JournalledEntities it) throws Exception {
    log.list.clear();
    var gates = IntStream.range(0, WORKERS).mapToObj(n -> run + "_g" + n).toList();
    gates.forEach(it::wakeGate);
    it.insert(
        "Gate|" + run + "_g3", 1, new GateOpened(ApprovalPolicy.LOW, Duration.ofHours(1), EARLIER));
    Set<String> opened = ConcurrentHashMap.newKeySet();
    try (var stalled = it.stall("Gate|" + run + "_g0", 1)) {
      var _ = open(it, gates.subList(0, 1), opened);
      Thread.sleep(QUEUED);
      var _ = open(it, gates, opened);
      Thread.sleep(QUEUED);
      stalled.rollback();
    }
    for (var tries = 0; tries < 20 && opened.size() < WORKERS; tries++) {
      open(it, gates.stream().filter(gate -> !opened.contains(gate)).toList(), opened).join();
    }
    assertThat(opened).hasSize(WORKERS);
    assertThat(failed())
        .as("whose write failed")
        .contains("Gate|" + run + "_g3")
        .hasSizeGreaterThan(10);
  }

  private static CompletableFuture<Void> open(
      JournalledEntities it, List<String> gates, Set<String> opened) {
    return CompletableFuture.allOf(
        gates.stream()
            .map(gate ->
                it.open(gate, ApprovalPolicy.ALL, Duration.ofHours(1))
                    .thenAccept(_ -> opened.add(gate))
                    .exceptionally(_ -> null)
                    .toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  private void assign(JournalledEntities it) {
    for (var n = 1; n <= WORKERS; n++) assign(it, n);
  }

  private void assign(JournalledEntities it, int n) {
    it.tell(run + "/" + name(n), new Assign(assignment(n), 1, 0, Wish.RUN));
  }

  /// As the run does: what it wants is said again until a worker's own report agrees.
  private void until(JournalledEntities it, BooleanSupplier reached) throws InterruptedException {
    for (var tries = 0; tries < 300 && !reached.getAsBoolean(); tries++) {
      Thread.sleep(200);
      if (tries % 5 == 4) assign(it);
    }
    assertThat(reached.getAsBoolean()).as("workers so far: %s", it.reported).isTrue();
  }

  private Set<String> failed() {
    return List.copyOf(log.list).stream()
        .map(ILoggingEvent::getFormattedMessage)
        .map(FAILED::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .filter(id -> id.substring(id.indexOf('|') + 1).startsWith(run))
        .collect(Collectors.toSet());
  }

  private List<Integer> attempts(JournalledEntities it, int worker) {
    return rows(it, worker).stream()
        .map(JournalRow::event)
        .filter(AttemptStarted.class::isInstance)
        .map(event -> ((AttemptStarted) event).attempt())
        .toList();
  }

  private List<JournalRow> rows(JournalledEntities it, int worker) {
    return it.journal.ofRun(run, 0, Long.MAX_VALUE, 10_000).stream()
        .filter(row -> row.origin().persistenceId().equals(id(worker)))
        .toList();
  }

  private String id(int worker) {
    return "Worker|" + run + "/" + name(worker);
  }

  private static String name(int worker) {
    return "WORKER_%03d".formatted(worker);
  }

  private Assignment assignment(int worker) {
    return new Assignment(run, name(worker), "d".repeat(64), "/t", List.of(), List.of(), false, 3);
  }
}
