package dev.muster.node.executor;

import dev.muster.node.executor.Gate.SilentException;
import dev.muster.node.executor.GateConversation.Answer;
import dev.muster.node.sandbox.Steps.Step;
import dev.muster.node.validation.Validator;
import dev.muster.node.validation.Validator.Validation;
import dev.muster.protocol.approval.Permit;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import dev.muster.protocol.worker.AttemptReport.StepDone;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.protocol.worker.AttemptReport.Validating;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.StepResult;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The course of an attempt once everything it needs is there: blocks in order until one fails,
/// each through the gate when it must be, then the tests.
///
/// Methods return the report that ends the attempt, or null when it goes on.
final class AttemptCourse {
  private final AttemptSetting setting;
  private final Runner runner;
  private final Operations operations;
  private final GateConversation conversation;
  private final Consumer<AttemptReport> tell;

  AttemptCourse(
      AttemptSetting setting,
      Runner runner,
      Operations operations,
      GateConversation conversation,
      Consumer<AttemptReport> tell) {
    this.setting = setting;
    this.runner = runner;
    this.operations = operations;
    this.conversation = conversation;
    this.tell = tell;
  }

  AttemptReport run(int fromOrdinal) throws IOException, InterruptedException, SilentException {
    for (var block : setting.instruction().blocks()) {
      if (block.ordinal() < fromOrdinal) continue;
      if (Thread.interrupted()) throw new InterruptedException("stopped between two blocks");
      var operation = operations.of(block);
      var end = operation == null ? done(runner.run(block), true) : through(operation);
      if (end == null) end = tooLarge(block.ordinal());
      if (end != null) return end;
    }
    var tests = operations.ofTests(setting.instruction());
    return tests == null ? verdict(validate()) : throughTests(tests);
  }

  private @Nullable AttemptReport through(GatedOperation operation)
      throws IOException, InterruptedException, SilentException {
    var problem = operation.folders().problem();
    if (problem != null) return hopeless(operation.name() + ": " + problem);
    // No permit is spent on what would not be started.
    if (setting.steps().isOutOfTime()) {
      return done(setting.steps().outOfTime(operation.name()), true);
    }
    return switch (conversation.ask(operation)) {
      case Answer.Go(var permit) -> permitted(operation, permit);
      case Answer.Wait(var approval) -> wait(operation, approval);
      case Answer.No(var reason) -> refused(operation, reason);
      case Answer.Happened(var result, var attempt) -> happened(operation, result, attempt);
    };
  }

  private @Nullable AttemptReport permitted(GatedOperation operation, Permit permit)
      throws IOException, InterruptedException, SilentException {
    try {
      operation.folders().create();
    } catch (IOException e) {
      conversation.giveBack(permit);
      throw e;
    }
    var step = runner.run(operation, permit);
    conversation.record(permit, step.result());
    return done(step, operation.repeats());
  }

  /// Without a sandbox the tests need leave too, in every attempt anew.
  private AttemptReport throughTests(GatedOperation tests)
      throws IOException, InterruptedException, SilentException {
    return switch (conversation.ask(tests)) {
      case Answer.Go(var permit) -> {
        runner.use(tests, permit);
        var validation = validate();
        conversation.record(permit, asOneStep(validation.receipt()));
        yield verdict(validation);
      }
      case Answer.Wait(var approval) -> wait(tests, approval);
      case Answer.No(var reason) -> refused(tests, reason);
      case Answer.Happened _ -> hopeless("the tests of this attempt have run before");
    };
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

  private static NeedsDecision wait(GatedOperation operation, String approval) {
    var asked = operation.request();
    return new NeedsDecision(asked.ordinal(), approval, asked.kind(), asked.digest());
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
    return done(new Step(recorded, null, null), false);
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
