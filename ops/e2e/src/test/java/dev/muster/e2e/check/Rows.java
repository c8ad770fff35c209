package dev.muster.e2e.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.InflaterInputStream;

/// A whole journal, in the order in which its rows got their numbers.
public record Rows(List<Row> all) {
  /// Any CBOR reader will do: the names of the events are in the rows, those of the fields in the
  /// bytes. Nothing of Muster is used to read them.
  private static final CBORMapper CBOR = new CBORMapper();

  private static final String QUERY =
      """
      SELECT ordering, persistence_id, sequence_number, writer, write_timestamp,
        event_ser_manifest, event_payload
      FROM event_journal ORDER BY ordering
      """;

  public Rows {
    all = List.copyOf(all);
  }

  public static Rows of(Connection connection) throws SQLException {
    var rows = new ArrayList<Row>();
    try (var query = connection.createStatement();
        var found = query.executeQuery(QUERY)) {
      while (found.next()) rows.add(whole(row(found), connection));
    }
    return new Rows(rows);
  }

  private static Row row(ResultSet found) throws SQLException {
    try {
      return new Row(
          found.getLong(1),
          found.getString(2),
          found.getLong(3),
          found.getString(4),
          Instant.ofEpochMilli(found.getLong(5)),
          found.getString(6),
          CBOR.readTree(found.getBytes(7)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A run names its plan by its digest: here it carries it.
  private static Row whole(Row row, Connection connection) throws SQLException {
    var digest = row.text("planDigest");
    if (!row.is("RunCreated") || digest.isEmpty()) return row;
    try (var query = connection.prepareStatement("SELECT content FROM manifest WHERE digest = ?")) {
      query.setString(1, digest);
      try (var found = query.executeQuery()) {
        if (!found.next()) throw new AssertionError("there is no plan of " + row);
        var content = new InflaterInputStream(new ByteArrayInputStream(found.getBytes(1)));
        ((ObjectNode) row.event()).set("plan", CBOR.readTree(content));
        return row;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Workers by the node that completed them, such as `w1 70, w2 81`.
  public String spread() {
    Map<String, Integer> counts = new TreeMap<>();
    for (var own : ofKind("Worker").values()) {
      var node = "";
      for (var row : own) {
        if (row.is("AttemptStarted")) node = row.text("node");
        if (row.is("Completed")) counts.merge(node, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  /// Workers of a run that were settled otherwise than as completed, and why.
  public List<String> notCompleted(String run) {
    return named("WorkerSettled").stream()
        .filter(row -> row.run().equals(run))
        .filter(row -> !row.event().at("/status/phase").asText().equals("COMPLETED"))
        .map(row ->
            "%s of %s: %s, %s after %s"
                .formatted(
                    row.text("worker"),
                    run,
                    row.event().at("/status/phase").asText(),
                    row.event().at("/status/detail").asText(),
                    row.event().at("/status/failures")))
        .toList();
  }

  /// Rows of a run, its workers and its gate with this name.
  public long count(String run, String name) {
    return all.stream().filter(row -> row.run().equals(run) && row.is(name)).count();
  }

  /// The newest approval that this run has asked for.
  public String approval(String run) {
    return named("ApprovalRequested").stream()
        .filter(row -> row.run().equals(run))
        .reduce((_, newest) -> newest)
        .orElseThrow()
        .text("approval");
  }

  /// The node that carries out the newest attempt of this run.
  public String carrier(String run) {
    return named("AttemptStarted").stream()
        .filter(row -> row.run().equals(run))
        .reduce((_, newest) -> newest)
        .orElseThrow()
        .text("node");
  }

  /// The same of one worker.
  public String carrier(String run, String worker) {
    return named("AttemptStarted").stream()
        .filter(row -> row.id().equals(run + "/" + worker))
        .reduce((_, newest) -> newest)
        .orElseThrow()
        .text("node");
  }

  List<Row> named(String name) {
    return all.stream().filter(row -> row.is(name)).toList();
  }

  /// The rows of each entity by their sequence numbers.
  Map<String, List<Row>> byEntity() {
    Map<String, List<Row>> entities = new LinkedHashMap<>();
    for (var row : all) entities.computeIfAbsent(row.entity(), _ -> new ArrayList<>()).add(row);
    entities.values().forEach(rows -> rows.sort(java.util.Comparator.comparingLong(Row::seq)));
    return entities;
  }

  /// The same for the entities of one kind: `Run`, `Worker` or `Gate`; by their ids.
  Map<String, List<Row>> ofKind(String kind) {
    Map<String, List<Row>> entities = new LinkedHashMap<>();
    byEntity()
        .forEach((entity, rows) -> {
          if (rows.getFirst().kind().equals(kind)) entities.put(rows.getFirst().id(), rows);
        });
    return entities;
  }
}
