package dev.muster.node.executor;

import dev.muster.node.executor.Gate.SilentException;
import dev.muster.node.executor.GateConversation.Answer;
import dev.muster.node.executor.GateConversation.Look;
import dev.muster.node.sandbox.Steps.Step;
import dev.muster.node.validation.Validator.Validation;
import dev.muster.protocol.approval.Permit;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import dev.muster.protocol.worker.StepResult;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Takes operations through the gate, each from the question to its recorded outcome.
record Passage(
    AttemptSetting setting,
    Runner runner,
    Operations operations,
    GateConversation conversation,
    Freezer freezer) {
  private static final int ASKED_MAX = 25;

  /// What came of an operation.
  sealed interface Passed {
    /// It was run, or the outcome recorded before stands for it.
    ///
    /// @param repeats whether the next try is to do it again
    record Ran(Step step, boolean repeats) implements Passed {}

    /// Somebody has to decide first.
    record Held(NeedsDecision it) implements Passed {}

    /// @param reason a sentence
    record No(String reason) implements Passed {}

    /// The operation was the tests.
    record Proved(Validation validation) implements Passed {}
  }

  /// The operation as it stands now.
  @FunctionalInterface
  interface Question {
    /// @param heard is told as soon as its sandbox is known
    GatedOperation at(int round, Prospect.Heard heard) throws IOException;
  }

  /// Null when the operation is not what was asked about any more, and nothing was begun.
  @FunctionalInterface
  interface Work {
    /// Called before the gate is asked, which may refuse.
    default void expect(Prospect prospect) {}

    /// Called when what it expected is over, also where nothing came of it.
    default void giveUp() {}

    @Nullable Passed carryOut(GatedOperation operation, Permit permit)
        throws IOException, InterruptedException, SilentException;
  }

  /// An operation that runs its script.
  Passed through(Question question) throws IOException, InterruptedException, SilentException {
    return through(question, new PermittedScript(this), true);
  }

  /// Asks, and asks anew when what was asked about has changed or got lost.
  ///
  /// @param takesOutcome whether it need not be done again when it was done before
  Passed through(Question question, Work work, boolean takesOutcome)
      throws IOException, InterruptedException, SilentException {
    return through(question, work, takesOutcome, null);
  }

  /// @param look tells of an operation that was begun whether it has happened; null for its check
  Passed through(Question question, Work work, boolean takesOutcome, @Nullable Look look)
      throws IOException, InterruptedException, SilentException {
    var round = 0;
    for (var asked = 0; asked < ASKED_MAX; asked++) {
      try {
        var operation = question.at(round, round == 0 ? work::expect : Prospect.Heard.NOBODY);
        // No permit is spent on what would not be started.
        if (setting.steps().isOutOfTime()) {
          return new Passed.Ran(setting.steps().outOfTime(operation.name()), true);
        }
        var answer = conversation.ask(operation, look);
        if (!(answer instanceof Answer.Go)) work.giveUp();
        switch (answer) {
          case Answer.Go(var permit) -> {
            var passed = work.carryOut(operation, permit);
            if (passed != null) return passed;
          }
          case Answer.Wait(var approval) -> {
            return wait(operation, approval);
          }
          case Answer.No(var reason) -> {
            return refused(operation, reason);
          }
          case Answer.Happened(var result, var attempt, var frozen) -> {
            var taken = takesOutcome && result.passed() && freezer.takeUp(frozen);
            if (taken || (takesOutcome && !(operation.repeats() && result.passed()))) {
              return happened(operation, result, attempt);
            }
            round++;
          }
          case Answer.Lost _ -> round++;
        }
      } finally {
        work.giveUp();
      }
    }
    throw new SilentException(
        "what was asked about changed %d times before it could be started".formatted(ASKED_MAX),
        new IllegalStateException("it never stood still"));
  }

  private Passed wait(GatedOperation operation, String approval) throws IOException {
    var asked = operation.request();
    var frozen = freezer.keep(operation);
    return new Passed.Held(
        new NeedsDecision(asked.ordinal(), approval, asked.kind(), asked.digest(), frozen));
  }

  private static Passed refused(GatedOperation operation, String reason) {
    return new Passed.No(
        "the operation %s of %s was not allowed: %s"
            .formatted(operation.request().kind(), operation.name(), reason));
  }

  /// The recorded outcome stands for this step. When it was a failure, only a new approval, by an
  /// operator's retry, lets it run again.
  private static Passed happened(GatedOperation operation, StepResult result, int attempt) {
    var name = "%s, as recorded in attempt %d".formatted(operation.name(), attempt);
    var recorded =
        new StepResult(
            name,
            result.exitCode(),
            result.duration(),
            result.outputSha256(),
            result.outputBytes(),
            result.note());
    return new Passed.Ran(new Step(recorded, null, null, null), operation.repeats());
  }
}
