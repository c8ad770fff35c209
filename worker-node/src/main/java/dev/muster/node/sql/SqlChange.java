package dev.muster.node.sql;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/// A transaction of one statement, from its beginning to where it is known what came of it. The
/// server remembers what became of it by a name that is known before anything is done.
public final class SqlChange implements AutoCloseable {
  private final SqlDoor door;
  private final SqlStatement statement;
  private final SqlSession session;
  private final String transaction;

  private SqlChange(SqlDoor door, SqlStatement statement, SqlSession session, String transaction) {
    this.door = door;
    this.statement = statement;
    this.session = session;
    this.transaction = transaction;
  }

  static SqlChange begin(SqlDoor door, SqlStatement statement, Duration max)
      throws SQLException, IOException {
    var session = SqlSession.open(door.source(), false, max);
    try {
      return new SqlChange(door, statement, session, session.transaction());
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  /// By which `SqlDoor.fate` finds out about it.
  public String transaction() {
    return transaction;
  }

  /// Does it and commits it. An interrupt ends it where it can still be ended, and is there
  /// afterwards.
  public SqlAnswer carryOut() throws InDoubtException {
    String text;
    try {
      text = Undisturbed.get(() -> session.run(statement), session::cancel);
    } catch (SQLException | IOException e) {
      // Nobody has committed it.
      return door.failed(e);
    }
    try {
      Undisturbed.get(
          () -> {
            session.commit();
            return true;
          },
          () -> {});
      return door.answered(text);
    } catch (SQLException | IOException e) {
      return switch (fate()) {
        case COMMITTED -> door.answered(text);
        case ABORTED -> door.failed(e);
        case RUNNING, UNKNOWN ->
            throw new InDoubtException(
                "nobody knows yet whether transaction %s of the source %s was committed"
                    .formatted(transaction, door.source().name()),
                e);
      };
    }
  }

  private SqlFate fate() {
    try {
      return door.fate(transaction);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return SqlFate.UNKNOWN;
    }
  }

  /// What was not committed has not happened.
  @Override
  public void close() {
    session.close();
    door.leave();
  }
}
