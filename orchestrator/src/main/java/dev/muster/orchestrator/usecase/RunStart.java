package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.protocol.run.RunSettings;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.pattern.AskTimeoutException;
import org.jspecify.annotations.Nullable;

/// Has a run made durable, and waits until it is. On a busy machine its supervisor may be silent
/// for longer than an answer is waited for: then the journal knows, or it is asked again, which is
/// harmless.
record RunStart(Runs runs, JournalReader journal) {
  /// Of some seconds each: a caller is told meanwhile that it goes on, and may ask later.
  private static final int ASKED_MAX = 12;

  /// @param plan the digest of its plan
  /// @param doneBefore of what need not be done; null for nothing
  /// @throws Refusal when it is refused, or nobody can tell
  void make(String run, String plan, RunSettings settings, @Nullable String doneBefore) {
    for (var asked = 0; asked < ASKED_MAX; asked++) {
      if (isMade(run, plan, settings, doneBefore)) return;
    }
    throw Refusal.unavailable(
        "no-answer",
        "nobody could say yet that %s is durable, and it may be: GET /api/v1/runs/%s tells, and the same Idempotency-Key goes on with it"
            .formatted(run, run));
  }

  private boolean isMade(
      String run, String plan, RunSettings settings, @Nullable String doneBefore) {
    try {
      runs.create(run, plan, settings, doneBefore).toCompletableFuture().join();
      return true;
    } catch (CompletionException e) {
      if (!isSilence(e.getCause())) {
        throw Refusal.unavailable(
            "run-not-created", "the run could not be made durable: " + Why.of(e.getCause()));
      }
      return journal.lastNumber(Origin.run(run)) > 0;
    }
  }

  private static boolean isSilence(@Nullable Throwable cause) {
    return cause instanceof AskTimeoutException || cause instanceof TimeoutException;
  }
}
