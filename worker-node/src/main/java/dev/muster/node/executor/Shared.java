package dev.muster.node.executor;

import dev.muster.node.executor.Gate.SilentException;
import dev.muster.protocol.commons.CommonsCommand.Told;
import dev.muster.protocol.commons.CommonsRequest;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What one worker shares with the others of its run, asked from a thread that waits.
record Shared(CommonsClient client, String run, String worker) {
  private static final String WHO = "what the workers of the run share";
  private static final Duration NEWS_MAX = Duration.ofSeconds(2);
  private static final Duration LOOK_FIRST = Duration.ofMillis(100);
  private static final Duration LOOK_MAX = Duration.ofSeconds(1);

  /// @param ordinal of the step; 0 when the request changes nothing
  Told ask(int ordinal, CommonsRequest request) throws InterruptedException, SilentException {
    return Gate.ask(WHO, () -> client.act(run, worker, ordinal, request));
  }

  /// Returns when the question is answered, or has waited as long as it said: that is judged where
  /// it was asked, so that no restart makes it longer.
  Told answer(long question) throws InterruptedException, SilentException {
    var pause = LOOK_FIRST;
    while (true) {
      var told = ask(0, new CommonsRequest.Await(question));
      if (!told.waits()) return told;
      Thread.sleep(pause);
      pause = pause.multipliedBy(2).compareTo(LOOK_MAX) < 0 ? pause.multipliedBy(2) : LOOK_MAX;
    }
  }

  /// What was said to this worker. Nobody waits long for that: the next turn asks again.
  ///
  /// @param after number of the last message that it has heard of
  Told news(long after) throws InterruptedException {
    try {
      return client
          .act(run, worker, 0, new CommonsRequest.News(after))
          .toCompletableFuture()
          .get(NEWS_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      return Told.of("");
    }
  }
}
