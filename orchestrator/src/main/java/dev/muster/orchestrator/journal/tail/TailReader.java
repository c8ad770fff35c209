package dev.muster.orchestrator.journal.tail;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Whoever needs to know what happened. What it writes with the connection it is given is committed
/// together with how far it has read, so it sees every event exactly once, those of one entity in
/// order.
public interface TailReader {
  /// Short, and the same for ever: its offset is kept under it.
  String name();

  /// Another number than the one it was filled with has it dropped and built anew.
  int version();

  /// By their names in the journal, the only events it is told; all of them when there is none.
  /// What it has no use for is then neither fetched nor decoded. With another set it needs another
  /// version.
  default Set<String> events() {
    return Set.of();
  }

  /// How long nobody looks for what is new, unless somebody asks. Each look with anything new in
  /// the journal is a transaction, also where none of it is for this reader.
  default Duration pause() {
    return Duration.ofMillis(200);
  }

  /// Takes in events in the order of the journal. May be asked again with the same events when the
  /// transaction fails, so it may do nothing that neither a rollback nor [#forget] undoes.
  ///
  /// @param rows at most [Tail#ROWS_MAX]; an event that cannot be decoded is [Unreadable]
  void apply(Connection connection, List<JournalRow> rows) throws SQLException;

  /// What it remembers of its own batches may be wrong: one was rolled back, or another node has
  /// done some, or none has been done yet.
  default void forget() {}

  /// Drops all it has written.
  void clear(Connection connection) throws SQLException;
}
