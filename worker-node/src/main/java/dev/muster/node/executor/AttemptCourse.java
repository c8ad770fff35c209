package dev.muster.node.executor;

import dev.muster.node.executor.Gate.SilentException;
import dev.muster.node.executor.GateConversation.Answer;
import dev.muster.node.sandbox.Steps.Step;
import dev.muster.node.validation.Validator;
import dev.muster.node.validation.Validator.Validation;
import dev.muster.node.workspace.OperationContent.Seen;
import dev.muster.protocol.approval.Permit;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import dev.muster.protocol.worker.AttemptReport.StepDone;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.protocol.worker.AttemptReport.Validating;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The course of an attempt once everything it needs is there: blocks in order until one fails,
/// each through the gate when it must be, then the tests.
///
/// Methods return the report that ends the attempt, or null when it goes on.
final class AttemptCourse {
  private static final int ASKED_MAX = 25;

  private final AttemptSetting setting;
  private final Runner runner;
  private final Operations operations;
  private final GateConversation conversation;
  private final Freezer freezer;
  private final Consumer<AttemptReport> tell;

  AttemptCourse(
      AttemptSetting setting,
      Runner runner,
      Operations operations,
      GateConversation conversation,
      Freezer freezer,
      Consumer<AttemptReport> tell) {
    this.setting = setting;
    this.runner = runner;
    this.operations = operations;
    this.conversation = conversation;
    this.freezer = freezer;
    this.tell = tell;
  }

  AttemptReport run(int fromOrdinal) throws IOException, InterruptedException, SilentException {
    for (var block : setting.instruction().blocks()) {
      if (block.ordinal() < fromOrdinal) continue;
      if (Thread.interrupted()) throw new InterruptedException("stopped between two blocks");
      var end = block(block);
      if (end == null) end = tooLarge(block.ordinal());
      if (end != null) return end;
    }
    if (!operations.asksForTests()) return verdict(validate());
    return Objects.requireNonNull(through(operations::ofTests, this::permittedTests, false));
  }

  /// The operation as it stands now.
  @FunctionalInterface
  private interface Question {
    GatedOperation at(int round) throws IOException;
  }

  /// Null when the operation is not what was asked about any more, and nothing was begun.
  @FunctionalInterface
  private interface Work {
    @Nullable Turn carryOut(GatedOperation operation, Permit permit)
        throws IOException, InterruptedException, SilentException;
  }

  /// @param end of the attempt; null when it goes on
  private record Turn(@Nullable AttemptReport end) {}

  private @Nullable AttemptReport block(Block block)
      throws IOException, InterruptedException, SilentException {
    if (!operations.asks(block)) return done(runner.run(block), true);
    return through(round -> operations.of(block, round), this::permitted, true);
  }

  /// Asks, and asks anew when what was asked about has changed or got lost.
  ///
  /// @param takesOutcome whether it need not be done again when it was done before
  private @Nullable AttemptReport through(Question question, Work work, boolean takesOutcome)
      throws IOException, InterruptedException, SilentException {
    var round = 0;
    for (var asked = 0; asked < ASKED_MAX; asked++) {
      var operation = question.at(round);
      // No permit is spent on what would not be started.
      if (setting.steps().isOutOfTime()) {
        return done(setting.steps().outOfTime(operation.name()), true);
      }
      switch (conversation.ask(operation)) {
        case Answer.Go(var permit) -> {
          var turn = work.carryOut(operation, permit);
          if (turn != null) return turn.end();
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

  private @Nullable Turn permitted(GatedOperation operation, Permit permit)
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
    return new Turn(done(step, operation.repeats()));
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

  /// Without a sandbox the tests need leave too, whenever they are run.
  private @Nullable Turn permittedTests(GatedOperation tests, Permit permit)
      throws IOException, InterruptedException, SilentException {
    if (!operations.changed(tests).isEmpty()) {
      conversation.giveBack(permit);
      return null;
    }
    runner.use(tests, permit);
    var validation = validate();
    conversation.record(permit, asOneStep(validation.receipt()), null);
    return new Turn(verdict(validation));
  }

  private Validation validate() throws IOException, InterruptedException {
    tell.accept(new Validating());
    return new Validator(setting.workplace().artifacts())
        .validate(setting.instruction(), setting.workspace(), setting.steps(), setting.job());
  }

  private static StepResult asOneStep(Receipt receipt) {
    if (!receipt.tests().isEmpty()) return receipt.tests().getLast().result();
    return new StepResult("tests", 1, Duration.ZERO, "", 0, receipt.failure());
  }

  private static AttemptReport verdict(Validation validation) {
    var receipt = validation.receipt();
    var failure = receipt.failure();
    return failure == null
        ? new Succeeded(receipt)
        : new Unsuccessful(failure, !validation.lasting(), receipt);
  }

  private @Nullable AttemptReport done(Step step, boolean retryable) {
    tell.accept(new StepDone(step.result()));
    return step.result().passed() ? null : new Unsuccessful(step.failure(), retryable, null);
  }

  private NeedsDecision wait(GatedOperation operation, String approval) throws IOException {
    var asked = operation.request();
    var frozen = freezer.keep(operation);
    return new NeedsDecision(asked.ordinal(), approval, asked.kind(), asked.digest(), frozen);
  }

  private static AttemptReport refused(GatedOperation operation, String reason) {
    return hopeless(
        "the operation %s of %s was not allowed: %s"
            .formatted(operation.request().kind(), operation.name(), reason));
  }

  /// The recorded outcome stands for this step. When it was a failure, only a new approval, by an
  /// operator's retry, lets it run again.
  private @Nullable AttemptReport happened(
      GatedOperation operation, StepResult result, int attempt) {
    var name = "%s, as recorded in attempt %d".formatted(operation.name(), attempt);
    var recorded =
        new StepResult(
            name,
            result.exitCode(),
            result.duration(),
            result.outputSha256(),
            result.outputBytes(),
            result.note());
    return done(new Step(recorded, null, null, null), operation.repeats());
  }

  private @Nullable AttemptReport tooLarge(int ordinal) throws IOException {
    var bytes = setting.workspace().bytes();
    var max = setting.workplace().limits().workspaceBytesMax();
    if (bytes <= max) return null;
    return new Unsuccessful(
        "after block %d the workspace holds %d MiB, more than the %d MiB it may"
            .formatted(ordinal, bytes >> 20, max >> 20),
        true,
        null);
  }

  private static Unsuccessful hopeless(String reason) {
    return new Unsuccessful(reason, false, null);
  }
}
