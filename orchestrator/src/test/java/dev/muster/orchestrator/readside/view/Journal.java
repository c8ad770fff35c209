package dev.muster.orchestrator.readside.view;

import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.Manifests;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.journal.EventNames;
import dev.muster.protocol.journal.EventSerializer;
import dev.muster.protocol.journal.MusterEvent;
import dev.muster.protocol.run.RunEvent.RunCreated;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.RunPlan.Wave;
import dev.muster.protocol.run.RunSettings;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Assignment;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.StepResult;
import dev.muster.protocol.worker.WorkerPhase;
import dev.muster.protocol.worker.WorkerStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The journal of a node, filled by hand.
public final class Journal implements AutoCloseable {
  public static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
  public static final String RUN = "run_0001";
  private static final String COLUMNS =
      """
      "event_journal"("persistence_id", "sequence_number", "writer", "write_timestamp",
        "adapter_manifest", "event_payload", "event_ser_id", "event_ser_manifest"\
      """;
  private static final String VALUES = ") VALUES (?,?,'',?,'',?,?,?";

  private final DataSource pool;
  private final Runnable closing;
  private final Map<Origin, Long> numbers = new HashMap<>();
  private Instant now = T0;

  /// In the database that a node would open.
  public Journal(Database database) {
    pool = database.source();
    closing = database::close;
  }

  public DataSource database() {
    return pool;
  }

  public Instant now() {
    return now;
  }

  public Instant later(long seconds) {
    now = now.plusSeconds(seconds);
    return now;
  }

  public void execute(String sql) {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public Journal run(MusterEvent... events) {
    return write(Origin.run(RUN), events);
  }

  public Journal gate(MusterEvent... events) {
    return write(Origin.gate(RUN), events);
  }

  public Journal worker(String id, MusterEvent... events) {
    return write(Origin.worker(RUN, id), events);
  }

  public Journal write(Origin origin, MusterEvent... events) {
    for (var event : events) {
      insert(origin, numbers.merge(origin, 1L, Long::sum), withoutPlan(event), null);
    }
    return this;
  }

  /// Events made of their numbers, from one, in one transaction: a commit for each would cost more
  /// than all that is then read.
  public void writeMany(Origin origin, int count, IntFunction<MusterEvent> event) {
    try (var connection = pool.getConnection();
        var insert = connection.prepareStatement("INSERT INTO " + COLUMNS + VALUES + ")")) {
      connection.setAutoCommit(false);
      for (var i = 1; i <= count; i++) {
        fill(insert, origin, numbers.merge(origin, 1L, Long::sum), event.apply(i));
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// As a run is written today; events of older versions carry their plan, as in `writeAt`.
  private MusterEvent withoutPlan(MusterEvent event) {
    return event instanceof RunCreated it && it.plan() != null
        ? new RunCreated(it.run(), null, it.settings(), it.at(), new Manifests(pool).put(it.plan()))
        : event;
  }

  /// With an ordering of the test's choosing, as when commits become visible out of order.
  public Journal writeAt(long seq, Origin origin, MusterEvent event) {
    insert(origin, numbers.merge(origin, 1L, Long::sum), event, seq);
    return this;
  }

  /// Written by somebody who has not committed it yet: it has its number already.
  public Connection beingWritten(Origin origin, MusterEvent event) throws SQLException {
    var connection = pool.getConnection();
    connection.setAutoCommit(false);
    insert(connection, origin, numbers.merge(origin, 1L, Long::sum), event, null);
    return connection;
  }

  private void insert(Origin origin, long number, MusterEvent event, @Nullable Long seq) {
    try (var connection = pool.getConnection()) {
      insert(connection, origin, number, event, seq);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void insert(
      Connection connection, Origin origin, long number, MusterEvent event, @Nullable Long seq)
      throws SQLException {
    var sql =
        seq == null
            ? "INSERT INTO " + COLUMNS + VALUES + ")"
            : "INSERT INTO " + COLUMNS + ",\"ordering\"" + VALUES + ",?)";
    try (var insert = connection.prepareStatement(sql)) {
      fill(insert, origin, number, event);
      if (seq != null) insert.setLong(7, seq);
      insert.executeUpdate();
    }
  }

  private void fill(PreparedStatement insert, Origin origin, long number, MusterEvent event)
      throws SQLException {
    insert.setString(1, origin.persistenceId());
    insert.setLong(2, number);
    insert.setLong(3, now.toEpochMilli());
    insert.setBytes(4, EventCodec.encode(event));
    insert.setInt(5, EventSerializer.IDENTIFIER);
    insert.setString(6, EventNames.nameOf(event));
  }

  // What runs are made of.

  public RunCreated created(Planned... workers) {
    return created(Path.of("/results"), false, workers);
  }

  public RunCreated created(Path results, boolean rehearse, Planned... workers) {
    var waves =
        List.of(workers).stream()
            .map(Planned::wave)
            .distinct()
            .sorted()
            .map(n -> new Wave(n, "Wave " + n, 10, false, FailurePolicy.CONTINUE))
            .toList();
    return new RunCreated(
        RUN,
        new RunPlan("hello", waves, List.of(workers), null),
        new RunSettings(
            "/w/hello",
            "/w",
            results.toString(),
            List.of(),
            ApprovalPolicy.NONE,
            Duration.ofHours(1),
            rehearse,
            3),
        now);
  }

  public static Planned planned(String id, int wave, String... dependencies) {
    return new Planned(
        id, "Title of " + id, wave, "d".repeat(64), List.of(dependencies), Duration.ofMinutes(5));
  }

  public static Assignment assignment(String worker) {
    return new Assignment(RUN, worker, "d".repeat(64), "/w", List.of(), List.of(), false, 3);
  }

  public static StepResult step(String name, int exitCode) {
    return new StepResult(name, exitCode, Duration.ofMillis(250), "a".repeat(64), 12, null);
  }

  public static Receipt receipt(@Nullable String failure, StepResult... tests) {
    return new Receipt(
        "d".repeat(64),
        List.of(new Artifact("out/report.md", "b".repeat(64), 5, false)),
        List.of(tests).stream()
            .map(test ->
                new Receipt.Tested("bash -eo pipefail test.sh", "c".repeat(64), false, test))
            .toList(),
        false,
        failure);
  }

  public WorkerStatus status(WorkerPhase phase, @Nullable String detail) {
    return new WorkerStatus(
        phase, 0, 1, 0, "node-a", detail, List.of(), List.of(), false, now, now);
  }

  public static OperationRequest operation(String worker) {
    return new OperationRequest(
        worker,
        2,
        "e".repeat(64),
        0,
        "file_delete",
        Risk.ADMIN,
        "deletes ../old",
        "rm -r ../old",
        List.of("../old"),
        false,
        "/w",
        null);
  }

  @Override
  public void close() {
    closing.run();
  }
}
