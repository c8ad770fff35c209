package dev.muster.orchestrator.usecase;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.pattern.AskTimeoutException;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;

/// Waits for an entity on a handler's own (virtual) thread, and says what its refusals mean in
/// HTTP.
public final class Await {
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private Await() {}

  static <T> T answer(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw silent();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw silent();
    } catch (ExecutionException e) {
      throw meaning(e.getCause());
    }
  }

  /// Null instead of a refusal: for what is nice to know.
  public static <T> @Nullable T answerOrNull(CompletionStage<T> stage) {
    try {
      return answer(stage);
    } catch (Refusal _) {
      return null;
    }
  }

  private static RuntimeException meaning(@Nullable Throwable cause) {
    return switch (cause) {
      case StatusReply.ErrorMessage refused ->
          Refusal.conflict("wrong-state", String.valueOf(refused.getMessage()));
      case AskTimeoutException _, TimeoutException _ -> silent();
      case RuntimeException other -> other;
      case null, default -> new IllegalStateException(cause);
    };
  }

  private static Refusal silent() {
    return Refusal.unavailable(
        "no-answer",
        "expected an answer within seconds, found silence: the cluster may be starting or moving"
            + " its parts; try again");
  }
}
