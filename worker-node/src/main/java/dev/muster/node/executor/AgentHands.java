package dev.muster.node.executor;

import dev.muster.node.agent.Agents;
import dev.muster.node.agent.Words;
import dev.muster.node.executor.AgentAsking.Heard;
import dev.muster.node.executor.Gate.SilentException;
import dev.muster.node.executor.Passage.Passed;
import dev.muster.node.models.ToolCall;
import dev.muster.node.sandbox.Steps.Step;
import dev.muster.node.tools.Boundaries;
import dev.muster.node.tools.Kept;
import dev.muster.node.tools.ToolOutcome;
import dev.muster.node.tools.ToolPlace;
import dev.muster.node.tools.ToolPlan;
import dev.muster.node.tools.Toolbox;
import dev.muster.node.tools.Violation;
import dev.muster.protocol.agent.Entry.Call;
import dev.muster.protocol.agent.Entry.Intent;
import dev.muster.protocol.agent.Entry.Outcome;
import dev.muster.protocol.agent.Entry.Way;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.commons.CommonsRequest;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.instruction.Brief;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.worker.AgentStep.Violated;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Carries out the calls of an agent, each between an intent and an outcome that are in the
/// journal. A slot is taken for what runs a process, and for nothing else.
///
/// Methods return the report that ends the attempt, or null when it goes on.
record AgentHands(
    Passage passage,
    Agents agents,
    Brief brief,
    AgentTrail trail,
    Lifeline line,
    AgentProof proof,
    Shared shared,
    AgentAsking asking,
    AgentSpawning spawning,
    AgentSessions sessions) {
  private static final String DECIDE =
      ". Decide yourself, take the reading that fits the instruction best, and write down that you"
          + " did.";

  @Nullable AttemptReport call(Call call)
      throws IOException, InterruptedException, SilentException {
    return carryOut(call, plan(call), null);
  }

  /// What somebody has begun. A command is never simply repeated; what the gate was asked about is
  /// known there; the rest may be done again.
  @Nullable AttemptReport takeUp(Call call, Intent intent, int ordinal)
      throws IOException, InterruptedException, SilentException {
    return intent.way() == Way.COMMAND
        ? told(call, ToolOutcome.failure(Words.OUTCOME_UNKNOWN))
        : carryOut(call, plan(call), ordinal);
  }

  /// @param begun ordinal of the intent that there is already; null when there is none
  private @Nullable AttemptReport carryOut(Call call, ToolPlan plan, @Nullable Integer begun)
      throws IOException, InterruptedException, SilentException {
    return switch (plan) {
      case ToolPlan.Said(var outcome) -> told(call, outcome);
      case ToolPlan.Refused(var violation) -> told(call, ToolOutcome.refused(violation));
      case ToolPlan.Question(var text) -> {
        var ordinal = intend(call, Way.GATED, begun);
        yield question(call, ordinal, text);
      }
      case ToolPlan.Change(var work) -> {
        intend(call, Way.CHANGE, begun);
        yield change(call, work);
      }
      case ToolPlan.Look(var work) -> look(call, work);
      case ToolPlan.Statement statement -> {
        var ordinal = intend(call, Way.GATED, begun);
        line.yieldSlot();
        yield switch (new AgentSql(passage, trail, call, statement).carryOut(ordinal)) {
          case AgentSql.Did.Told(var outcome, var took) -> told(call, cut(outcome), took);
          case AgentSql.Did.End(var report) -> report;
        };
      }
      case ToolPlan.Command(var script, var reads) -> {
        var ordinal = intend(call, Way.COMMAND, begun);
        yield command(call, ordinal, script, reads);
      }
      case ToolPlan.Gated gated -> {
        var ordinal = intend(call, Way.GATED, begun);
        // Nobody has read what a model declares, so that no policy for harmless kinds answers it.
        var operation = gated.operation().withRisk(Risk.ADMIN);
        yield gated(call, new Block(ordinal, gated.script(), operation));
      }
      case ToolPlan.Share(CommonsRequest.Ask ask) ->
          switch (new AgentFloor(shared, sessions).choose(call, ask, begun != null)) {
            case AgentFloor.Chose.It(var chosen) -> share(call, chosen, begun);
            case AgentFloor.Chose.End(var report) -> report;
          };
      case ToolPlan.Share(var request) -> share(call, request, begun);
      case ToolPlan.Spawn spawn -> {
        var ordinal = intend(call, Way.SPAWN, begun);
        yield spawn(call, ordinal, spawn);
      }
      case ToolPlan.Session(var request) ->
          switch (sessions.carryOut(call, request)) {
            case AgentSessions.Did.Told(var outcome) -> told(call, outcome);
            case AgentSessions.Did.End(var report) -> report;
          };
      case ToolPlan.Finish _ -> {
        intend(call, Way.FINISH, begun);
        yield prove(call);
      }
    };
  }

  @Nullable AttemptReport prove(Call call) throws IOException, InterruptedException {
    return proof.prove(call, Kept.tests(place()));
  }

  /// Whoever waits for another worker needs no slot meanwhile.
  private @Nullable AttemptReport share(Call call, CommonsRequest request, @Nullable Integer begun)
      throws IOException, InterruptedException, SilentException {
    var ordinal = request.changes() ? intend(call, Way.SHARE, begun) : 0;
    var told = shared.ask(ordinal, request);
    if (told.waits() && told.number() != null) {
      line.yieldSlot();
      told = shared.answer(told.number());
    }
    return told(call, new ToolOutcome(cut(told.text()), told.failed()));
  }

  /// Whoever waits for sub-workers holds neither slot nor process.
  private @Nullable AttemptReport spawn(Call call, int ordinal, ToolPlan.Spawn spawn)
      throws IOException, InterruptedException, SilentException {
    return switch (spawning.ask(ordinal, spawn, trail.progress())) {
      case AgentSpawning.Heard.Told(var outcome, var changed) when changed ->
          done(call, kept(cut(outcome)), Duration.ZERO);
      case AgentSpawning.Heard.Told(var outcome, _) -> told(call, cut(outcome));
      case AgentSpawning.Heard.Wait(var report) -> report;
    };
  }

  private static ToolOutcome cut(ToolOutcome outcome) {
    return new ToolOutcome(cut(outcome.text()), outcome.failed());
  }

  /// What a person says is told as that person's, and allows nothing.
  private @Nullable AttemptReport question(Call call, int ordinal, String text)
      throws IOException, InterruptedException, SilentException {
    return switch (asking.question(ordinal, text)) {
      case Heard.Said(var by, var answer) ->
          told(
              call,
              ToolOutcome.of(
                  "%s, an operator, answered. It is what you asked for and no permission: operations are decided as ever.\n%s"
                      .formatted(by, cut(answer))));
      case Heard.No(var decision, var reason) ->
          told(
              call,
              ToolOutcome.failure(
                  (decision == Decision.REJECTED
                          ? "The operator does not answer that: " + cut(reason)
                          : "Nobody answered in time")
                      + DECIDE));
      case Heard.Wait(var waiting) -> waiting;
    };
  }

  private ToolPlan plan(Call call) throws IOException {
    var asked = new ToolCall(call.id(), call.name(), call.arguments(), call.problem(), call.mark());
    return new Toolbox(agents.tools()).plan(asked, place());
  }

  private ToolPlace place() {
    var setting = passage.setting();
    var workspace = setting.workspace();
    var boundaries = new Boundaries(brief.boundaries(), setting.instruction().deliverables());
    return new ToolPlace(workspace.work(), workspace.inputs(), boundaries);
  }

  /// A script can write anything in the workspace; what it must not is put back.
  private ToolOutcome kept(ToolOutcome outcome) throws IOException {
    var violation = Kept.after(place());
    if (violation == null) return outcome;
    return new ToolOutcome(
        cut(violation.sentence() + "\n" + outcome.text()), outcome.failed(), violation);
  }

  private static String cut(String text) {
    return text.length() <= ToolOutcome.TEXT_MAX ? text : text.substring(0, ToolOutcome.TEXT_MAX);
  }

  private int intend(Call call, Way way, @Nullable Integer begun)
      throws IOException, InterruptedException {
    if (begun != null) return begun;
    var ordinal = trail.nextOrdinal();
    trail.add(new Intent(call.id(), call.name(), way), false);
    return ordinal;
  }

  /// Whoever waits for somebody else needs no slot meanwhile.
  private @Nullable AttemptReport look(Call call, ToolPlan.Work work)
      throws IOException, InterruptedException {
    line.yieldSlot();
    var began = System.nanoTime();
    var outcome = cut(work.carryOut());
    return told(call, outcome, Duration.ofNanos(System.nanoTime() - began));
  }

  private @Nullable AttemptReport told(Call call, ToolOutcome outcome)
      throws IOException, InterruptedException {
    return told(call, outcome, Duration.ZERO);
  }

  private @Nullable AttemptReport told(Call call, ToolOutcome outcome, Duration took)
      throws IOException, InterruptedException {
    trail.add(outcome(call, outcome, took), false);
    return null;
  }

  private static Outcome outcome(Call call, ToolOutcome outcome, Duration took) {
    return new Outcome(
        call.id(),
        call.name(),
        outcome.text(),
        outcome.failed(),
        violated(outcome.violation()),
        took.toMillis());
  }

  private static @Nullable Violated violated(@Nullable Violation it) {
    return it == null
        ? null
        : new Violated(it.kind().name().toLowerCase(Locale.ROOT), it.rule(), it.what());
  }

  private @Nullable AttemptReport change(Call call, ToolPlan.Work work)
      throws IOException, InterruptedException {
    ToolOutcome outcome;
    try {
      outcome = work.carryOut();
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) throw new InterruptedException("while writing");
      outcome = ToolOutcome.failure("it could not be done: " + e.getMessage());
    }
    return done(call, outcome, Duration.ZERO);
  }

  private @Nullable AttemptReport command(Call call, int ordinal, String script, List<Path> reads)
      throws IOException, InterruptedException {
    line.takeSlot();
    var step = passage.runner().run("call " + ordinal, script, reads);
    return ran(call, step, step.result().duration());
  }

  /// After a script that had no leave to do more than the workspace is.
  @Nullable AttemptReport ran(Call call, Step step, Duration took)
      throws IOException, InterruptedException {
    return done(call, kept(outcome(step, passage.setting().steps().output())), took);
  }

  private @Nullable AttemptReport gated(Call call, Block block)
      throws IOException, InterruptedException, SilentException {
    line.takeSlot();
    return switch (passage.through(
        (round, heard) -> passage.operations().of(block, round, heard))) {
      case Passed.Ran(var step, _) -> {
        var before = step.result().name().contains("as recorded");
        var output = before ? "It was done before." : passage.setting().steps().output();
        yield done(call, kept(outcome(step, output)), step.result().duration());
      }
      case Passed.Held(var needed) -> needed;
      case Passed.No(var reason) -> new Unsuccessful(reason, false, null);
      case Passed.Proved _ -> throw new IllegalStateException("a call is no test");
    };
  }

  private ToolOutcome outcome(Step step, String output) {
    var result = step.result();
    var end = "exit %d".formatted(result.exitCode());
    if (result.note() != null) end += " (" + result.note() + ")";
    var text = output.isBlank() ? end : end + "\n" + passage.setting().shown(output);
    return new ToolOutcome(cut(text), !result.passed());
  }

  private @Nullable AttemptReport done(Call call, ToolOutcome outcome, Duration took)
      throws IOException, InterruptedException {
    trail.add(outcome(call, outcome, took), true);
    return passage.setting().tooLarge("call " + (trail.nextOrdinal() - 1));
  }
}
