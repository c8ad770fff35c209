package dev.muster.node.executor;

import dev.muster.protocol.approval.ApprovalCommand.Claimed;
import dev.muster.protocol.approval.OperationOutcome;
import dev.muster.protocol.approval.OperationRequest;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.pekko.Done;

/// The gate of one run, asked from a thread that waits for the answer, again while none comes.
final class Gate {
  private static final String WHO = "the approval gate";
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int TRIES_MAX = 12;

  private final GateClient client;
  private final String run;
  private final String claimant;

  Gate(GateClient client, String run, String claimant) {
    this.client = client;
    this.run = run;
    this.claimant = claimant;
  }

  /// The gate has not answered for minutes. The attempt is given up, not the work.
  static final class SilentException extends Exception {
    private static final long serialVersionUID = 1L;

    SilentException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  Claimed claim(OperationRequest operation, int attempt)
      throws InterruptedException, SilentException {
    return ask(WHO, () -> client.claim(run, operation, attempt, claimant));
  }

  Claimed askAgain(String approval, OperationRequest operation)
      throws InterruptedException, SilentException {
    return ask(WHO, () -> client.askAgain(run, approval, operation));
  }

  void restore(String approval) throws InterruptedException, SilentException {
    ask(WHO, () -> client.restore(run, approval));
  }

  String run() {
    return run;
  }

  String claimant() {
    return claimant;
  }

  /// Tells the outcome until the gate has it, also when this thread is interrupted meanwhile: what
  /// has happened must not become unknown because somebody paused the worker.
  void record(String approval, OperationOutcome outcome) throws InterruptedException {
    Thread.ofVirtual()
        .name("outcome-" + approval)
        .start(() -> keepTelling(approval, outcome))
        .join();
  }

  private void keepTelling(String approval, OperationOutcome outcome) {
    while (true) {
      try {
        Done _ = ask(WHO, () -> client.recordOutcome(run, approval, outcome));
        return;
      } catch (SilentException _) {
        // The gate is away for long: it is told when it is back.
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /// @param who is asked, for the message when nobody answers
  static <T> T ask(String who, Supplier<CompletionStage<T>> question)
      throws InterruptedException, SilentException {
    for (var tries = 1; ; tries++) {
      try {
        return question
            .get()
            .toCompletableFuture()
            .get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        if (tries == TRIES_MAX) {
          throw new SilentException("%s did not answer %d times: %s".formatted(who, tries, e), e);
        }
        Thread.sleep(PAUSE);
      }
    }
  }
}
