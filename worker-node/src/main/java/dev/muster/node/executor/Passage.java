package dev.muster.node.executor;

import dev.muster.node.executor.Gate.SilentException;
import dev.muster.node.executor.GateConversation.Answer;
import dev.muster.node.executor.GateConversation.Look;
import dev.muster.node.sandbox.Steps.Step;
import dev.muster.node.validation.Validator.Validation;
import dev.muster.node.workspace.OperationContent.Seen;
import dev.muster.protocol.approval.Permit;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import dev.muster.protocol.worker.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    GatedOperation at(int round) throws IOException;
  }

  /// Null when the operation is not what was asked about any more, and nothing was begun.
  @FunctionalInterface
  interface Work {
    @Nullable Passed carryOut(GatedOperation operation, Permit permit)
        throws IOException, InterruptedException, SilentException;
  }

  /// An operation that runs its script.
  Passed through(Question question) throws IOException, InterruptedException, SilentException {
    return through(question, this::permitted, true);
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
      var operation = question.at(round);
      // No permit is spent on what would not be started.
      if (setting.steps().isOutOfTime()) {
        return new Passed.Ran(setting.steps().outOfTime(operation.name()), true);
      }
      switch (conversation.ask(operation, look)) {
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
    }
    throw new SilentException(
        "what was asked about changed %d times before it could be started".formatted(ASKED_MAX),
        new IllegalStateException("it never stood still"));
  }

  private @Nullable Passed permitted(GatedOperation operation, Permit permit)
      throws IOException, InterruptedException, SilentException {
    Map<Path, String> real;
    List<String> changed;
    try {
      real = operation.folders().create();
      changed = operations.changed(operation);
      var run = setting.request().assignment().run();
      if (changed.isEmpty()) setting.workplace().written().add(run, operation.folders().folders());
    } catch (IOException e) {
      conversation.giveBack(permit);
      throw e;
    }
    if (!changed.isEmpty()) {
      conversation.giveBack(permit);
      setting.log().say("not started, since it has changed: " + String.join("; ", changed));
      return null;
    }
    if (operation.content().seen() == Seen.NOTHING) {
      setting.log().say("sees of the target only what it may write: " + operation.content().why());
    }
    var step = runner.run(operation, permit, real, seen(operation));
    conversation.record(
        permit, step.result(), step.result().passed() ? freezer.after(operation) : null);
    return new Passed.Ran(step, operation.repeats());
  }

  /// What the operation sees of the target, with the folders in it that it may write.
  private @Nullable Path seen(GatedOperation operation) throws IOException {
    if (!setting.workplace().sandbox().isolates()) return null;
    if (!operation.content().copiesTarget()) return null;
    var target = setting.target().path();
    var copy = setting.workspace().target();
    for (var folder : operation.folders().folders()) {
      if (folder.startsWith(target))
        Files.createDirectories(copy.resolve(target.relativize(folder)));
    }
    return copy;
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
