package dev.muster.orchestrator.journal.storage;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.muster.orchestrator.journal.storage.StorageException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/// What it means when the database or its folder fails, in words that say what to do.
final class StorageProblems {
  /// What H2 says of a file that is not, or no longer, a database of its own version.
  private static final Set<Integer> DAMAGED =
      Set.of(
          ErrorCode.FILE_VERSION_ERROR_1,
          ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.GENERAL_ERROR_1);

  private StorageProblems() {}

  static StorageException inUse(Path data, Throwable cause) {
    return new StorageException(
        Reason.LOCKED,
        "The data folder "
            + data
            + " is in use by another process. Talk to that node with --server, stop it, or choose"
            + " another folder with --data.",
        cause);
  }

  static StorageException unwritable(Path data, IOException e) {
    if (isFull(e.getMessage())) return full(data, e);
    return new StorageException(
        Reason.UNWRITABLE,
        "Expected a data folder that can be written, but "
            + data
            + " cannot be ("
            + e.getMessage()
            + "). Choose another with --data, or change its owner.",
        e);
  }

  static StorageException explain(Throwable e, DatabaseSettings settings, Path data) {
    var sql = sqlCause(e);
    if (sql != null && sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return inUse(data, e);
    }
    if (isFull(String.valueOf(sql))) return full(data, e);
    var file = JournalFile.of(settings, data);
    if (file != null && sql != null && isDamage(sql)) {
      return new StorageException(Reason.LOST, file.damaged(JournalFile.firstLine(sql)), e);
    }
    if (!settings.isEmbedded() && e instanceof PoolInitializationException) {
      return new StorageException(
          Reason.UNREACHABLE,
          "The database " + settings.url() + " does not answer: " + e.getMessage(),
          e);
    }
    return new StorageException(
        Reason.OTHER, "The database " + settings.url() + " cannot be used: " + e.getMessage(), e);
  }

  /// Connection exceptions, and a server that starts or stops; a wrong password does not pass.
  static boolean isPassing(RuntimeException e) {
    var sql = sqlCause(e);
    if (sql == null) return false;
    if (sql instanceof SQLTransientException) return true;
    var state = String.valueOf(sql.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  static String rootMessage(Throwable e) {
    var root = e;
    while (root.getCause() != null) root = root.getCause();
    return String.valueOf(root.getMessage());
  }

  private static boolean isFull(@Nullable String message) {
    return message != null && message.contains("No space left");
  }

  private static StorageException full(Path data, Throwable e) {
    return new StorageException(
        Reason.DISK_FULL,
        "No room is left for the data folder " + data + ": free some space and try again.",
        e);
  }

  private static boolean isDamage(SQLException e) {
    if (DAMAGED.contains(e.getErrorCode())) return true;
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof EOFException) return true;
    }
    return false;
  }

  private static @Nullable SQLException sqlCause(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) return sql;
    }
    return null;
  }
}
