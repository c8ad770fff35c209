package dev.muster.node.sql;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What a driver does, in a thread of its own: it does not hear an interrupt, or loses its
/// connection by one. Whoever waits hears it afterwards.
final class Undisturbed {
  private static final int AGAIN_MILLIS = 100;

  private Undisturbed() {}

  /// Returns when the work has ended; each kind of it has a time limit of its own.
  ///
  /// @param whenInterrupted lets it end sooner
  static <T> T get(Callable<T> work, Runnable whenInterrupted) throws SQLException, IOException {
    var task = new FutureTask<>(work);
    Thread.ofVirtual().name("sql").start(task);
    var interrupted = false;
    try {
      while (true) {
        try {
          if (!interrupted) return task.get();
          // What is to be ended may not have begun yet.
          whenInterrupted.run();
          return task.get(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
          interrupted = true;
        } catch (TimeoutException _) {
          // once more
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case SQLException failed -> throw failed;
        case IOException failed -> throw failed;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }
}
