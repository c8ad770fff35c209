package dev.muster.host;

import dev.muster.node.executor.Executor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/// A node that has come up, with what has to be closed.
///
/// @param executor null where nothing is carried out
record StartedNode(
    ActorSystem<?> system,
    Termination termination,
    URI url,
    Path tokenFile,
    @Nullable ActorRef<Executor.Command> executor,
    Deque<AutoCloseable> opened)
    implements RunningNode {
  /// An executor answers at once.
  private static final Duration ANSWER_MIN = Duration.ofSeconds(1);

  @Override
  public boolean settle(Duration longest) {
    if (executor == null) return true;
    var wait = longest.compareTo(ANSWER_MIN) < 0 ? ANSWER_MIN : longest;
    try {
      AskPattern.<Executor.Command, Done>ask(
              executor, Executor.Settle::new, wait, system.scheduler())
          .toCompletableFuture()
          .get(wait.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public synchronized void close() {
    StopNode.close(opened);
  }

  @Override
  public void awaitTermination() {
    termination.ended().join();
  }
}
