package dev.muster.node.sandbox;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import dev.muster.testkit.Scratch;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// Skips what [NeedsSandbox] marks where the sandbox does not work, and says so in one line. What
/// asks for util-linux is also skipped where bubblewrap works, which a node then takes: that half
/// of the tests is for machines without bubblewrap and for the campaign (`-Dsandboxes=all`).
final class SandboxCondition implements ExecutionCondition {
  private static final boolean ALL = "all".equals(System.getProperty("sandboxes"));
  private static final String SECOND =
      "steps are confined by bubblewrap here; with -Dsandboxes=all util-linux is tried, too";

  /// Why each does not work here; null when it does.
  private static final Map<SandboxKind, @Nullable String> PROBLEMS =
      new EnumMap<>(SandboxKind.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    var method = context.getTestMethod();
    if (method.isEmpty()) return ConditionEvaluationResult.enabled("each test is asked");
    var needs =
        findAnnotation(method, NeedsSandbox.class)
            .or(() -> findAnnotation(context.getRequiredTestClass(), NeedsSandbox.class))
            .orElseThrow();
    var problem = problem(needs.value());
    if (problem == null && needs.value() == SandboxKind.UTIL_LINUX && !ALL) {
      problem = problem(SandboxKind.BUBBLEWRAP) == null ? SECOND : null;
    }
    if (problem == null) return ConditionEvaluationResult.enabled("it works here");
    context
        .getRoot()
        .getStore(Namespace.create(SandboxCondition.class))
        .computeIfAbsent("skipped", _ -> new Skipped(), Skipped.class)
        .add(problem);
    return ConditionEvaluationResult.disabled(problem);
  }

  static synchronized @Nullable String problem(SandboxKind kind) {
    return PROBLEMS.computeIfAbsent(kind, SandboxCondition::probe);
  }

  private static @Nullable String probe(SandboxKind kind) {
    var any = kind == SandboxKind.NONE;
    try (var data = Scratch.open("muster-probe")) {
      SandboxFixture.probe(data.path(), true, kind).open(SandboxMode.REQUIRE).close();
      return null;
    } catch (SandboxUnavailableException e) {
      return "no %s works here (%s)".formatted(any ? "sandbox" : kind.word(), e.why());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Closed with the whole run of tests.
  private static final class Skipped implements AutoCloseable {
    private final AtomicInteger count = new AtomicInteger();
    private volatile String why = "";

    void add(String problem) {
      count.incrementAndGet();
      if (!why.startsWith("no sandbox")) why = problem;
    }

    @Override
    public void close() {
      System.out.printf("SKIPPED %d sandbox tests: %s%n", count.get(), why);
    }
  }
}
