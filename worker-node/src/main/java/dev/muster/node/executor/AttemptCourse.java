package dev.muster.node.executor;

import dev.muster.node.executor.Gate.SilentException;
import dev.muster.node.executor.Passage.Passed;
import dev.muster.node.sandbox.Steps.Step;
import dev.muster.node.validation.Validator;
import dev.muster.node.validation.Validator.Validation;
import dev.muster.protocol.approval.Permit;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.StepResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The course of an attempt once everything it needs is there: blocks in order until one fails,
/// each through the gate when it must be, then the tests.
///
/// Methods return the report that ends the attempt, or null when it goes on.
record AttemptCourse(Passage passage, Telling telling) {
  AttemptReport run(int fromOrdinal) throws IOException, InterruptedException, SilentException {
    try {
      return carryOut(fromOrdinal);
    } finally {
      telling.tellRest();
    }
  }

  private AttemptReport carryOut(int fromOrdinal)
      throws IOException, InterruptedException, SilentException {
    for (var block : setting().instruction().blocks()) {
      if (block.ordinal() < fromOrdinal) continue;
      telling.tellRest();
      if (Thread.interrupted()) throw new InterruptedException("stopped between two blocks");
      var end = block(block);
      if (end == null) end = setting().tooLarge("block " + block.ordinal());
      if (end != null) return end;
    }
    if (!operations().asksForTests()) return verdict(validate());
    telling.tellRest();
    var passed =
        passage.through((round, _) -> operations().ofTests(round), this::permittedTests, false);
    return Objects.requireNonNull(end(passed));
  }

  private AttemptSetting setting() {
    return passage.setting();
  }

  private Operations operations() {
    return passage.operations();
  }

  private @Nullable AttemptReport block(Block block)
      throws IOException, InterruptedException, SilentException {
    if (!operations().asks(block)) return done(passage.runner().run(block), true);
    return end(passage.through((round, heard) -> operations().of(block, round, heard)));
  }

  private @Nullable AttemptReport end(Passed passed) {
    return switch (passed) {
      case Passed.Ran(var step, var repeats) -> done(step, repeats);
      case Passed.Held(var needed) -> needed;
      case Passed.No(var reason) -> new Unsuccessful(reason, false, null);
      case Passed.Proved(var validation) -> verdict(validation);
    };
  }

  /// Without a sandbox the tests need leave too, whenever they are run.
  private @Nullable Passed permittedTests(GatedOperation tests, Permit permit)
      throws IOException, InterruptedException, SilentException {
    if (!operations().changed(tests).isEmpty()) {
      passage.conversation().giveBack(permit);
      return null;
    }
    passage.runner().use(tests, permit);
    var validation = validate();
    passage.conversation().record(permit, asOneStep(validation.receipt()), null);
    return new Passed.Proved(validation);
  }

  private Validation validate() throws IOException, InterruptedException {
    telling.testsBegin();
    return new Validator(setting().workplace().artifacts())
        .validate(
            setting().instruction(),
            setting().workspace(),
            setting().steps(),
            setting().job(),
            telling::testsEnded);
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
    telling.done(step.result());
    return step.result().passed() ? null : new Unsuccessful(step.failure(), retryable, null);
  }
}
