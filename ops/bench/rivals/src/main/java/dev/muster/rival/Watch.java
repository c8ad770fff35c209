package dev.muster.rival;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import java.util.concurrent.CountDownLatch;

/// Takes the time of each execution, from its start until its row is gone.
final class Watch extends AbstractSchedulerListener {
  private final double[] millis;
  private final long[] began;
  private final CountDownLatch left;

  Watch(double[] millis, CountDownLatch left) {
    this.millis = millis;
    this.began = new long[millis.length];
    this.left = left;
  }

  @Override
  public void onExecutionStart(CurrentlyExecuting it) {
    began[Integer.parseInt(it.getTaskInstance().getId())] = System.nanoTime();
  }

  @Override
  public void onExecutionComplete(ExecutionComplete it) {
    if (it.getResult() != ExecutionComplete.Result.OK) {
      it.getCause().ifPresent(Throwable::printStackTrace);
      System.exit(1);
    }
    var worker = Integer.parseInt(it.getExecution().taskInstance.getId());
    millis[worker] = (System.nanoTime() - began[worker]) / 1e6;
    left.countDown();
  }
}
