package dev.muster.orchestrator.journal.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Statements over one database, each a commit of its own, and how it reads when one fails.
///
/// @param <E> what is thrown then
public record Rows<E extends Exception>(DataSource database, Failure<E> failure) {
  @FunctionalInterface
  public interface Failure<E extends Exception> {
    /// @param deed that cannot be done: `read` or `written`
    E of(String deed, SQLException cause);
  }

  /// @param what cannot be read or written when a statement fails, in words
  public static Rows<IllegalStateException> of(DataSource database, String what) {
    return new Rows<>(
        database, (deed, e) -> new IllegalStateException(what + " cannot be " + deed, e));
  }

  public <T> List<T> all(String sql, Sql.Mapper<T> mapper, @Nullable Object... arguments) throws E {
    return read(connection -> Sql.all(connection, sql, mapper, Arrays.asList(arguments)));
  }

  /// The first.
  public <T> @Nullable T one(String sql, Sql.Mapper<T> mapper, @Nullable Object... arguments)
      throws E {
    var found = all(sql, mapper, arguments);
    return found.isEmpty() ? null : found.getFirst();
  }

  /// How many rows it touched.
  public int update(String sql, @Nullable Object... arguments) throws E {
    try (var connection = database.getConnection()) {
      return Sql.update(connection, sql, Arrays.asList(arguments));
    } catch (SQLException e) {
      throw failure.of("written", e);
    }
  }

  /// False where nothing was added, also because a row with that key is there already.
  public boolean insert(String sql, @Nullable Object... arguments) throws E {
    try (var connection = database.getConnection()) {
      return Sql.update(connection, sql, Arrays.asList(arguments)) > 0;
    } catch (SQLException e) {
      if (Sql.isTaken(e)) return false;
      throw failure.of("written", e);
    }
  }

  /// Several questions over one connection.
  public <T> T read(Sql.Work<T, E> work) throws E {
    try (var connection = database.getConnection()) {
      return work.with(connection);
    } catch (SQLException e) {
      throw failure.of("read", e);
    }
  }

  /// All of it or nothing.
  public <T> T transaction(Sql.Work<T, E> work) throws E {
    try {
      return Sql.transaction(database, work);
    } catch (SQLException e) {
      throw failure.of("written", e);
    }
  }
}
