package dev.muster.node.executor;

import dev.muster.node.executor.Gate.SilentException;
import dev.muster.node.executor.GateConversation.Look;
import dev.muster.node.executor.Passage.Passed;
import dev.muster.node.sandbox.Steps.Step;
import dev.muster.node.sql.InDoubtException;
import dev.muster.node.sql.SqlAnswer;
import dev.muster.node.sql.SqlChange;
import dev.muster.node.sql.UnansweredException;
import dev.muster.node.tools.ToolOutcome;
import dev.muster.node.tools.ToolPlan.Statement;
import dev.muster.protocol.agent.Entry.Call;
import dev.muster.protocol.agent.Entry.Intent;
import dev.muster.protocol.agent.Entry.Way;
import dev.muster.protocol.approval.Permit;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.protocol.worker.StepResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Has a database carry out a statement that somebody has permitted, once. The server's own name of
/// the transaction is in the journal before the statement begins: whoever comes after a crash asks
/// the server what became of it.
final class AgentSql {
  private static final Operation OPERATION =
      new Operation("database_change", Risk.ADMIN, List.of(), true, List.of(), null);

  /// So many times as long as a statement may take, a source that is away is waited for. Nobody is
  /// to decide once more about what was not begun.
  private static final int PATIENCE_FACTOR = 4;

  /// Before whoever carries the operation out gives up asking.
  private static final Duration PATIENCE_MAX = Duration.ofMinutes(5);

  private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(15);

  private final Passage passage;
  private final AgentTrail trail;
  private final Call call;
  private final Statement plan;
  private @Nullable Long awaySince;
  private Duration pause = PAUSE_MIN;
  private @Nullable SqlAnswer answer;

  AgentSql(Passage passage, AgentTrail trail, Call call, Statement plan) {
    this.passage = passage;
    this.trail = trail;
    this.call = call;
    this.plan = plan;
  }

  /// What came of it.
  sealed interface Did {
    record Told(ToolOutcome outcome, Duration took) implements Did {}

    record End(AttemptReport report) implements Did {}
  }

  /// @param ordinal of the intent
  Did carryOut(int ordinal) throws IOException, InterruptedException, SilentException {
    var source = plan.door().source();
    var operation = OPERATION.because(plan.why());
    var block = new Block(ordinal, plan.statement().shown(source), operation);
    var words = "%s (%s)".formatted(source.name(), source.url());
    return switch (passage.through(
        (_, _) -> passage.operations().ofStatement(block, operation, words),
        this::permitted,
        true,
        look())) {
      case Passed.Ran(var step, _) -> new Did.Told(outcome(step), step.result().duration());
      case Passed.Held(var needed) -> new Did.End(needed);
      case Passed.No(var reason) -> new Did.End(new Unsuccessful(reason, false, null));
      case Passed.Proved _ -> throw new IllegalStateException("a statement is no test");
    };
  }

  private ToolOutcome outcome(Step step) {
    var result = step.result();
    if (answer != null) return told(answer);
    return result.passed()
        ? ToolOutcome.of(
            "=== it was done and committed before, exactly once; what it answered then is lost")
        : ToolOutcome.failure(
            "=== it was tried before and failed; nothing of it has happened (%s)"
                .formatted(result.note() == null ? "exit " + result.exitCode() : result.note()));
  }

  private static ToolOutcome told(SqlAnswer it) {
    return it.failed()
        ? ToolOutcome.failure(
            it.text()
                + "\n=== nothing of it has happened; the leave was for this call alone, and a"
                + " further one is asked about anew")
        : ToolOutcome.of(it.text());
  }

  /// Null when the source was away: nothing was begun, and the leave holds for the next try.
  private @Nullable Passed permitted(GatedOperation operation, Permit permit)
      throws IOException, InterruptedException, SilentException {
    var began = System.nanoTime();
    SqlAnswer heard;
    try {
      heard = heard(operation, permit);
    } catch (UnansweredException e) {
      if (e.passing() && isPatient(began)) {
        passage.conversation().giveBack(permit);
        pause(String.valueOf(e.getMessage()));
        return null;
      }
      passage.runner().use(operation, permit);
      heard = new SqlAnswer(String.valueOf(e.getMessage()), true);
    } catch (InterruptedException | IOException e) {
      // Nothing was begun.
      passage.conversation().giveBack(permit);
      throw e;
    } catch (InDoubtException e) {
      throw new SilentException(String.valueOf(e.getMessage()), e);
    }
    var stopped = Thread.interrupted();
    if (stopped && heard.failed()) {
      passage.conversation().giveBack(permit);
      throw new InterruptedException("stopped while a statement ran, which was rolled back");
    }
    answer = heard;
    var took = Duration.ofNanos(System.nanoTime() - began);
    var result = result(operation.name(), heard, took);
    passage.conversation().record(permit, result, null);
    if (stopped) Thread.currentThread().interrupt();
    return new Passed.Ran(new Step(result, null, null, null), false);
  }

  private SqlAnswer heard(GatedOperation operation, Permit permit)
      throws IOException, InterruptedException, InDoubtException, UnansweredException {
    try (var change = begun()) {
      passage.runner().use(operation, permit);
      trail.add(new Intent(call.id(), call.name(), Way.GATED, change.transaction()), false);
      return change.carryOut();
    }
  }

  private boolean isPatient(long now) {
    if (awaySince == null) awaySince = now;
    var max = plan.door().source().limits().timeMax().multipliedBy(PATIENCE_FACTOR);
    return System.nanoTime() - awaySince < Math.min(max.toNanos(), PATIENCE_MAX.toNanos());
  }

  private void pause(String why) throws IOException, InterruptedException {
    passage
        .setting()
        .log()
        .say(
            "nothing was begun, and the leave for it holds: %s; tried again in %d s"
                .formatted(why, pause.toSeconds()));
    Thread.sleep(pause);
    var longer = pause.multipliedBy(2);
    pause = longer.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : longer;
  }

  private SqlChange begun() throws InterruptedException, UnansweredException {
    return plan.door().begin(plan.statement(), passage.setting().steps().timeLeft());
  }

  private static StepResult result(String name, SqlAnswer heard, Duration took) {
    var text = heard.text();
    return new StepResult(
        name,
        heard.failed() ? 1 : 0,
        took,
        Sha256.of(text),
        text.getBytes(StandardCharsets.UTF_8).length,
        null);
  }

  /// Null when this conversation knows no transaction of the call: then only a person can tell.
  private @Nullable Look look() {
    var transaction = trail.markOf(call.id());
    if (transaction == null) return null;
    return () -> {
      var fate = plan.door().fate(transaction);
      var exit =
          switch (fate) {
            case COMMITTED -> 0;
            case ABORTED -> 1;
            case RUNNING, UNKNOWN -> 2;
          };
      var said = "transaction %s: %s".formatted(transaction, fate);
      return new StepResult("fate", exit, Duration.ZERO, Sha256.of(said), said.length(), null);
    };
  }
}
