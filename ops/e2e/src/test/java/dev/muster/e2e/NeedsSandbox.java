package dev.muster.e2e;

import dev.muster.node.sandbox.SandboxLimits;
import dev.muster.node.sandbox.SandboxMode;
import dev.muster.node.sandbox.SandboxProbe;
import dev.muster.node.sandbox.SandboxUnavailableException;
import dev.muster.testkit.Scratch;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// A test of runs whose commands go ahead without a question, as they do in a sandbox. Where none
/// works it is skipped, and the build says once how many were, and why.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsSandbox.Condition.class)
@interface NeedsSandbox {
  /// Empty when one works.
  String PROBLEM = Condition.probe();

  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (PROBLEM.isEmpty() || context.getTestMethod().isEmpty()) {
        return ConditionEvaluationResult.enabled("a sandbox works here");
      }
      context
          .getRoot()
          .getStore(Namespace.create(Condition.class))
          .computeIfAbsent("skipped", _ -> new Skipped(), Skipped.class)
          .count
          .incrementAndGet();
      return ConditionEvaluationResult.disabled(PROBLEM);
    }

    private static String probe() {
      try (var data = Scratch.open("muster-probe")) {
        new SandboxProbe(SandboxLimits.DEFAULT, data.path()).open(SandboxMode.REQUIRE).close();
        return "";
      } catch (SandboxUnavailableException e) {
        return "no sandbox works here (" + e.why() + ")";
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// Closed with the whole run of tests.
  final class Skipped implements AutoCloseable {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void close() {
      System.out.printf("SKIPPED %d sandbox tests: %s%n", count.get(), PROBLEM);
    }
  }
}
