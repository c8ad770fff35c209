package dev.muster.e2e.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A journal made by hand: one run of one worker that goes as it should, for tests to bend.
final class Story {
  static final String RUN = "Run|run_1";
  static final String WORKER = "Worker|run_1/WORKER_001";
  static final String GATE = "Gate|run_1";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant BEGIN = Instant.parse("2026-11-20T08:00:00Z");

  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Long> seqs = new HashMap<>();
  private long millis;

  /// One worker, interrupted by the death of its node, with one gated operation.
  static Story good() {
    return new Story()
        .row(RUN, "r1", "RunCreated", "{'plan':{'workers':[{'id':'WORKER_001','wave':1}]}}")
        .row(RUN, "r1", "WorkersReleased", "{'workers':['WORKER_001']}")
        .row(WORKER, "a", "Assigned", "{}")
        .row(WORKER, "a", "AttemptStarted", "{'attempt':1,'node':'w1','incarnation':'A'}")
        .row(WORKER, "a", "StepFinished", "{'attempt':1}")
        .row(WORKER, "b", "AttemptInterrupted", "{'attempt':1}")
        .row(WORKER, "b", "AttemptStarted", "{'attempt':2,'node':'w2','incarnation':'B'}")
        .row(GATE, "g", "GateOpened", "{}")
        .row(GATE, "g", "ApprovalRequested", "{'approval':'x','operation':{'worker':'WORKER_001'}}")
        .row(WORKER, "b", "OperationHeld", "{'attempt':2,'approval':'x'}")
        .row(GATE, "g", "ApprovalDecided", "{'approval':'x','decision':'APPROVED'}")
        .row(WORKER, "b", "OperationDecided", "{'attempt':2,'approval':'x'}")
        .row(GATE, "g", "PermitConsumed", "{'approval':'x','attempt':2}")
        .row(GATE, "g", "OutcomeRecorded", "{'approval':'x','outcome':{'result':{'exitCode':0}}}")
        .row(WORKER, "b", "ValidationStarted", "{'attempt':2}")
        .row(WORKER, "b", "Completed", "{'attempt':2}")
        .row(RUN, "r1", "WorkerSettled", "{'worker':'WORKER_001','status':{'phase':'COMPLETED'}}")
        .row(RUN, "r1", "WaveSettled", "{'wave':1}")
        .row(RUN, "r1", "RunFinished", "{'phase':'COMPLETED'}");
  }

  /// What `good` left in the target.
  static List<Effect> effects() {
    return List.of(new Effect("run_1", "WORKER_001", 2));
  }

  Story row(String entity, String writer, String name, String event) {
    return row(entity, seqs.merge(entity, 1L, Long::sum), writer, name, event);
  }

  Story row(String entity, long seq, String writer, String name, String event) {
    millis += 100;
    rows.add(
        new Row(rows.size() + 1, entity, seq, writer, BEGIN.plusMillis(millis), name, json(event)));
    return this;
  }

  /// Goes on as another does.
  ///
  /// @param from how many rows of it are left out
  Story like(Story other, int from) {
    for (var row : other.rows.subList(from, other.rows.size())) {
      row(row.entity(), row.writer(), row.name(), row.event().toString());
    }
    return this;
  }

  /// Time goes by.
  Story later(long moreMillis) {
    millis += moreMillis;
    return this;
  }

  /// Leaves the first such row out and closes the gap.
  Story without(Predicate<Row> which) {
    var found = rows.stream().filter(which).findFirst().orElseThrow();
    rows.remove(found);
    rows.replaceAll(row ->
        row.entity().equals(found.entity()) && row.seq() > found.seq()
            ? numbered(row, row.seq() - 1)
            : row);
    seqs.merge(found.entity(), -1L, Long::sum);
    return this;
  }

  /// Leaves the first such row out, and a gap.
  Story losing(Predicate<Row> which) {
    rows.remove(rows.stream().filter(which).findFirst().orElseThrow());
    return this;
  }

  Story change(Predicate<Row> which, UnaryOperator<Row> how) {
    rows.replaceAll(row -> which.test(row) ? how.apply(row) : row);
    return this;
  }

  static Predicate<Row> named(String name) {
    return row -> row.is(name);
  }

  static Row saying(Row row, String event) {
    return new Row(
        row.ordering(),
        row.entity(),
        row.seq(),
        row.writer(),
        row.writtenAt(),
        row.name(),
        json(event));
  }

  private static Row numbered(Row row, long seq) {
    return new Row(
        row.ordering(), row.entity(), seq, row.writer(), row.writtenAt(), row.name(), row.event());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Rows rows() {
    return new Rows(rows);
  }
}
