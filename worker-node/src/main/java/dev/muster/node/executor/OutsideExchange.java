package dev.muster.node.executor;

import dev.muster.node.executor.Gate.SilentException;
import dev.muster.node.gateway.Exchange;
import dev.muster.node.models.ModelRequest;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.Interrupted;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What an outside agent asks, one question after another: within the budget of its worker, and in
/// the worker's journal before it has the answer. When there is nothing left to ask, the agent is
/// ended.
final class OutsideExchange implements Exchange {
  private final AgentTurn turn;
  private final AgentTrail trail;
  private final Thread attempt = Thread.currentThread();
  private final ReentrantLock one = new ReentrantLock(true);
  private @Nullable Thread asking;
  private @Nullable AttemptReport end;
  private boolean keeping;
  private boolean over;
  private boolean givenUp;

  /// Made by the thread of the attempt.
  OutsideExchange(AgentTurn turn, AgentTrail trail) {
    this.turn = turn;
    this.trail = trail;
  }

  @Override
  public Reply ask(ModelRequest request, String body) throws InterruptedException {
    one.lockInterruptibly();
    try {
      return switch (asked(request)) {
        case AgentTurn.Asked.Answered(var answer) -> {
          trail.add(answer.asked(body), false);
          yield new Reply.Answered(answer);
        }
        case AgentTurn.Asked.TooLong() ->
            new Reply.TooLong("it does not fit the window of any model that could be asked");
        case AgentTurn.Asked.More _ -> throw new IllegalStateException("nobody is asked for more");
        case AgentTurn.Asked.Nobody(var why, var retryable) ->
            over(new Unsuccessful(why, retryable, null));
        case AgentTurn.Asked.End(var report) -> over(report);
      };
    } catch (SilentException e) {
      return over(new Interrupted(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return over(new Unsuccessful("a step could not be kept: " + e.getMessage(), true, null));
    } finally {
      done();
      one.unlock();
    }
  }

  private AgentTurn.Asked asked(ModelRequest request)
      throws IOException, InterruptedException, SilentException {
    begin(Thread.currentThread());
    try {
      return turn.ask(request, trail.progress(), trail.nextOrdinal());
    } finally {
      keep();
    }
  }

  private synchronized void begin(Thread thread) throws InterruptedException {
    if (over) throw new InterruptedException("the agent has ended");
    asking = thread;
    keeping = false;
  }

  /// From here on only who gives up the whole attempt may stop it: an answer is kept.
  private synchronized void keep() {
    keeping = true;
    if (!givenUp) {
      var _ = Thread.interrupted();
    }
  }

  private synchronized void done() {
    asking = null;
  }

  private synchronized Reply over(AttemptReport report) {
    if (!over) {
      over = true;
      end = report;
      attempt.interrupt();
    }
    return new Reply.Over("Muster ends this attempt");
  }

  /// Nothing is asked or kept any more when this returns.
  ///
  /// @return what ends the attempt whatever the agent has done; null when nothing does
  /// @throws InterruptedException when the attempt is to stop
  @Nullable AttemptReport close() throws InterruptedException {
    stopAsking();
    try {
      one.lockInterruptibly();
    } catch (InterruptedException e) {
      giveUp();
      throw e;
    }
    one.unlock();
    return end();
  }

  /// The attempt was interrupted while the agent ran.
  ///
  /// @return the same as `close`; null when it was not this that did it, and nothing is kept
  @Nullable AttemptReport interrupted() throws InterruptedException {
    if (end() != null) return close();
    giveUp();
    return null;
  }

  private synchronized void stopAsking() {
    // It was told to stop by nobody but this.
    if (end != null) {
      var _ = Thread.interrupted();
    }
    over = true;
    if (asking != null && !keeping) asking.interrupt();
  }

  private synchronized void giveUp() {
    over = true;
    givenUp = true;
    if (asking != null) asking.interrupt();
  }

  private synchronized @Nullable AttemptReport end() {
    return end;
  }
}
