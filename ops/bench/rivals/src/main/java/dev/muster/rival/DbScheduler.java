package dev.muster.rival;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// Four transitions a worker: scheduled (in batches), picked (many at once), its outcome kept in a
/// row of its own (nothing else would be left of it), and removed. Tuned as its documentation says
/// for throughput on PostgreSQL: lock-and-fetch, more threads than processors, immediate execution.
public final class DbScheduler {
  private static final int THREADS = 50;
  private static final int CONNECTIONS = 20;
  private static final double FETCH_BELOW = 1.0; // of the threads
  private static final double FETCH_UP_TO = 4.0;
  private static final Duration POLL_EVERY = Duration.ofMillis(100);
  private static final byte[] OUTCOME = new byte[300]; // as large as an event of Muster

  private DbScheduler() {}

  public static void main(String[] args) throws Exception {
    var workers = Integer.parseInt(args[0]);
    try (var source = Pool.open(args, CONNECTIONS)) {
      create(source);
      var millis = new double[workers];
      var left = new CountDownLatch(workers);
      var task = task(source);
      var scheduler =
          Scheduler.create(source, task)
              .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
              .threads(THREADS)
              .pollingInterval(POLL_EVERY)
              .enableImmediateExecution()
              .addSchedulerListener(new Watch(millis, left))
              .build();
      scheduler.start();
      var began = System.nanoTime();
      Stream<TaskInstance<?>> all =
          IntStream.range(0, workers).mapToObj(i -> task.instance(Integer.toString(i)));
      scheduler.scheduleBatch(all, Instant.now());
      left.await();
      var seconds = (System.nanoTime() - began) / 1e9;
      scheduler.stop();
      Measured.print(seconds, millis);
    }
  }

  private static OneTimeTask<Void> task(DataSource source) {
    return Tasks.oneTime("worker")
        .execute((instance, _) -> {
          try (var connection = source.getConnection();
              var insert = connection.prepareStatement("INSERT INTO outcome VALUES (?, ?)")) {
            insert.setString(1, instance.getId());
            insert.setBytes(2, OUTCOME);
            insert.executeUpdate();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /// Its own schema, as its documentation gives it for PostgreSQL.
  private static void create(DataSource source) throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE scheduled_tasks (
            task_name TEXT NOT NULL,
            task_instance TEXT NOT NULL,
            task_data BYTEA,
            execution_time TIMESTAMP WITH TIME ZONE NOT NULL,
            picked BOOLEAN NOT NULL,
            picked_by TEXT,
            last_success TIMESTAMP WITH TIME ZONE,
            last_failure TIMESTAMP WITH TIME ZONE,
            consecutive_failures INT,
            last_heartbeat TIMESTAMP WITH TIME ZONE,
            version BIGINT NOT NULL,
            priority SMALLINT,
            PRIMARY KEY (task_name, task_instance));
          CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
          CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
          CREATE TABLE outcome (id TEXT PRIMARY KEY, payload BYTEA NOT NULL);
          """);
    }
  }
}
