package dev.muster.orchestrator.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.journal.storage.Postgres;
import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.security.audit.Entry.Kind;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.WorkerEvent.AgentStepped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path data;
  private Database database;
  private AuditLog log;

  @BeforeEach
  void open() {
    database = Database.open(DatabaseSettings.embedded(data), data);
    log = AuditLog.open(database.source(), Json::text, () -> NOW);
  }

  @AfterEach
  void close() {
    log.close();
    database.close();
  }

  private static Entry entry(Kind kind, String action) {
    return new Entry(NOW, kind, "alice", "alice", null, action, "done", "req_1", null, 1);
  }

  private void write(int count) {
    for (var i = 1; i <= count; i++) log.require(entry(Kind.INTENT, "POST /" + i));
  }

  private void sql(String text) throws SQLException {
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement()) {
      statement.executeUpdate(text);
    }
  }

  private @Nullable String broken() {
    return log.verify().broken();
  }

  @Test
  void whatIsRequiredIsThereWhenTheCallReturns() {
    write(3);
    assertThat(log.before(Long.MAX_VALUE, 10))
        .extracting(Chain.Link::seq)
        .containsExactly(3L, 2L, 1L);
    assertThat(log.before(Long.MAX_VALUE, 1).getFirst().entry()).contains("POST /3", "alice");
    assertThat(log.verify().entries()).isEqualTo(3);
    assertThat(broken()).isNull();
  }

  @Test
  void whatAgentsTriedIsToldOnceHoweverOftenItIsRead() throws SQLException {
    var reader = new AgentViolations(log);
    var rows = List.of(tried(7, null), tried(8, "path_traversal"), tried(9, "tamper"));
    for (var again = 0; again < 2; again++) {
      try (var connection = database.source().getConnection()) {
        reader.apply(connection, rows);
        reader.clear(connection);
      }
    }
    var told = log.before(Long.MAX_VALUE, 10);
    assertThat(told).hasSize(2);
    assertThat(told.getLast().entry())
        .contains("VIOLATION", "agent of run_1/WORKER_001", "path_traversal by write")
        .contains("CANNOT leave: ../x", "2026-01-01T00:00:05");
    assertThat(broken()).isNull();
  }

  private static JournalRow tried(int ordinal, @Nullable String kind) {
    var violated = kind == null ? null : new AgentStep.Violated(kind, "CANNOT leave", "../x");
    var at = Instant.parse("2026-01-01T00:00:05Z");
    var step =
        new AgentStep(ordinal, AgentStep.Kind.OUTCOME, "d", "write", true, 0, null, violated, null);
    return new JournalRow(
        ordinal,
        Origin.worker("run_1", "WORKER_001"),
        ordinal,
        at,
        new AgentStepped(1, ordinal, step, at));
  }

  @Test
  void anEmptyLogHangsTogether() {
    assertThat(log.verify()).isEqualTo(new Chain.Verdict(0, 0, Chain.BEGINNING, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE security_audit SET entry = REPLACE(entry, 'alice', 'mallory') WHERE seq = 2",
        "UPDATE security_audit SET hash = previous WHERE seq = 2",
        "DELETE FROM security_audit WHERE seq = 1",
        "DELETE FROM security_audit WHERE seq = 2",
        "UPDATE security_audit SET previous = hash WHERE seq = 3"
      })
  void nothingIsChangedUnnoticed(String change) throws SQLException {
    write(5);
    sql(change);
    assertThat(broken()).isNotNull();
  }

  @Test
  void anEndThatWasCutOffShowsInTheLinesOfItsNodeAlsoOnceItWasWrittenAnew() throws Exception {
    var file = data.resolve("lines.jsonl");
    try (var kept = AuditLog.open(database.source(), Json::text, () -> NOW, file)) {
      write(3);
      assertThat(kept.verify().broken()).isNull();
      var lines = log.before(Long.MAX_VALUE, 10).reversed().stream().map(AuditLines::line).toList();
      Files.write(file, lines);
      assertThat(kept.verify().broken()).isNull();
      sql("DELETE FROM security_audit WHERE seq = 3");
      assertThat(kept.verify().broken()).contains("entry 3", "is gone");
      kept.require(entry(Kind.INTENT, "POST /else"));
      assertThat(kept.verify().broken()).contains("entry 3 is not the one");
    }
  }

  @Test
  void anEndThatWasCutOffShowsInTheHashOfTheLast() throws SQLException {
    write(3);
    var noted = log.verify();
    sql("DELETE FROM security_audit WHERE seq = 3");
    assertThat(broken()).isNull();
    assertThat(log.verify().hash()).isNotEqualTo(noted.hash());
  }

  @Test
  void severalOrchestratorsAppendToOneChain() {
    severalAppend(database);
  }

  @Test
  void severalOrchestratorsAppendToOneChainOnPostgres() {
    try (var postgres = Database.open(Postgres.fresh(), data)) {
      severalAppend(postgres);
    }
  }

  private static void severalAppend(Database database) {
    try (var one = AuditLog.open(database.source(), Json::text, () -> NOW);
        var other = AuditLog.open(database.source(), Json::text, () -> NOW);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<CompletableFuture<Void>>();
      for (var i = 0; i < 40; i++) {
        var to = i % 2 == 0 ? one : other;
        all.add(
            CompletableFuture.runAsync(() -> to.require(entry(Kind.INTENT, "POST /x")), threads));
      }
      all.forEach(CompletableFuture::join);
      assertThat(one.verify().entries()).isEqualTo(40);
      assertThat(one.verify().broken()).isNull();
    }
  }

  @Test
  void nothingIsAllowedThatCannotBeWritten() throws SQLException {
    sql("ALTER TABLE security_audit RENAME TO elsewhere");
    assertThatThrownBy(() -> write(1)).isInstanceOf(AuditLog.Unwritten.class);
    log.note(entry(Kind.CHANGE, "POST /lost"));
    assertThatThrownBy(() -> write(1)).isInstanceOf(AuditLog.Unwritten.class);
    assertThatThrownBy(() -> write(1)).isInstanceOf(AuditLog.Unwritten.class);
    sql("ALTER TABLE elsewhere RENAME TO security_audit");
    write(1);
    assertThat(broken()).isNull();
    assertThat(log.before(Long.MAX_VALUE, 10)).anyMatch(it -> it.entry().contains("\"LOST\""));
  }

  @Test
  void whatCannotBePutIntoWordsEndsNothing() {
    try (var picky =
        AuditLog.open(
            database.source(),
            it -> {
              if (((Entry) it).action().equals("POST /odd")) throw new IllegalStateException("odd");
              return Json.text(it);
            },
            () -> NOW)) {
      assertThatThrownBy(() -> picky.require(entry(Kind.INTENT, "POST /odd")))
          .isInstanceOf(AuditLog.Unwritten.class);
      picky.require(entry(Kind.INTENT, "POST /next"));
      assertThat(picky.verify().broken()).isNull();
    }
  }

  @Test
  void aFullQueueIsCountedAndTold() throws Exception {
    sql("ALTER TABLE security_audit RENAME TO elsewhere");
    for (var i = 0; i < 5_000; i++) log.note(entry(Kind.REFUSAL, "GET /"));
    sql("ALTER TABLE elsewhere RENAME TO security_audit");
    log.require(entry(Kind.INTENT, "POST /next"));
    assertThat(log.before(Long.MAX_VALUE, 1, Kind.LOST)).hasSize(1);
    assertThat(broken()).isNull();
  }

  @Test
  void refusalsAlikeAreToldTogether() {
    List<Entry> told = new ArrayList<>();
    var now = new AtomicReference<>(NOW);
    var refused = new Refused(told::add, now::get);
    for (var i = 0; i < 1_000; i++) {
      refused.note(Kind.REFUSAL, "stranger", "10.0.0.1", "GET /", "401", "req");
    }
    assertThat(told).hasSize(1);
    now.set(NOW.plusSeconds(61));
    refused.note(Kind.REFUSAL, "stranger", "10.0.0.1", "GET /", "401", "req");
    assertThat(told).hasSize(2);
    assertThat(told.getLast().times()).isEqualTo(1_000);
  }

  @Test
  void strangersOfAThousandAddressesWriteNoMoreThanOneCanBear() {
    List<Entry> told = new ArrayList<>();
    var refused = new Refused(told::add, () -> NOW);
    for (var i = 0; i < 100_000; i++) {
      refused.note(Kind.REFUSAL, "stranger", "address " + i, "GET /", "401", "req");
    }
    assertThat(told).hasSizeLessThan(600);
  }

  @Test
  void howManyWereNotToldOneByOneIsToldWhenTheMinuteIsOver() {
    List<Entry> told = new ArrayList<>();
    var now = new AtomicReference<>(NOW);
    var refused = new Refused(told::add, now::get);
    for (var i = 0; i < 2_000; i++) {
      refused.note(Kind.REFUSAL, "stranger", "address " + i, "GET /", "401", "req");
    }
    now.set(NOW.plusSeconds(61));
    refused.note(Kind.REFUSAL, "stranger", "one more", "GET /", "401", "req");
    assertThat(told.stream().mapToLong(Entry::times).sum()).isEqualTo(2_001);
    now.set(NOW.plusSeconds(130));
    refused.note(Kind.REFUSAL, "stranger", "yet one", "GET /", "401", "req");
    assertThat(told.stream().mapToLong(Entry::times).sum()).as("once").isEqualTo(2_002);
  }
}
