package dev.muster.rival;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Four transitions a worker: the workflow is recorded, two steps leave their outcome, and the
/// workflow's end is recorded. Workflows are started directly and not by a queue, which would write
/// twice more for each; as many are under way as keep the connections busy.
public final class Dbos {
  private static final int CONNECTIONS = 20;
  private static final int UNDER_WAY = 40;
  private static final String OUTCOME = "o".repeat(300); // as large as an event of Muster

  private Dbos() {}

  /// What a workflow is called through.
  public interface Worker {
    /// Does nothing, twice.
    String carryOut(String name);
  }

  /// Steps that do nothing but leave an outcome.
  ///
  /// @param dbos what keeps them
  public record Steps(DBOS dbos) implements Worker {
    @Override
    @Workflow(name = "carryOut")
    public String carryOut(String name) {
      dbos.runStep(() -> OUTCOME, "first");
      return dbos.runStep(() -> OUTCOME, "second");
    }
  }

  public static void main(String[] args) throws Exception {
    var workers = Integer.parseInt(args[0]);
    try (var source = Pool.open(args, CONNECTIONS);
        var dbos = new DBOS(DBOSConfig.defaults("bench").withDataSource(source))) {
      var worker = dbos.registerProxy(Worker.class, new Steps(dbos));
      dbos.launch();
      var millis = new double[workers];
      var left = new CountDownLatch(workers);
      var room = new Semaphore(UNDER_WAY);
      var began = System.nanoTime();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var i = 0; i < workers; i++) {
          var number = i;
          room.acquire();
          threads.execute(() -> {
            var since = System.nanoTime();
            dbos.startWorkflow(
                    () -> worker.carryOut("o"), new StartWorkflowOptions("WORKER_" + number))
                .getResult();
            millis[number] = (System.nanoTime() - since) / 1e6;
            room.release();
            left.countDown();
          });
        }
        left.await();
      }
      Measured.print((System.nanoTime() - began) / 1e9, millis);
    }
  }
}
