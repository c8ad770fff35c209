package dev.muster.e2e.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/// One row of `event_journal`.
///
/// @param entity the persistence id, such as `Worker|run_1/WORKER_001`
/// @param writer differs for every life of every entity's actor
/// @param writtenAt by the clock of the JVM that wrote it
public record Row(
    long ordering,
    String entity,
    long seq,
    String writer,
    Instant writtenAt,
    String name,
    JsonNode event) {
  String kind() {
    return entity.substring(0, entity.indexOf('|'));
  }

  String id() {
    return entity.substring(entity.indexOf('|') + 1);
  }

  /// The run it belongs to.
  String run() {
    var slash = id().indexOf('/');
    return slash < 0 ? id() : id().substring(0, slash);
  }

  boolean is(String eventName) {
    return name.equals(eventName);
  }

  String text(String field) {
    return event.path(field).asText();
  }

  int number(String field) {
    return event.path(field).asInt();
  }

  @Override
  public String toString() {
    return entity + " #" + seq + " " + name;
  }
}
