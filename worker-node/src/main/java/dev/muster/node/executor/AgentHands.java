package dev.muster.node.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.node.agent.Agents;
import dev.muster.node.executor.Gate.SilentException;
import dev.muster.node.executor.Passage.Passed;
import dev.muster.node.sandbox.Steps.Step;
import dev.muster.node.tools.Boundaries;
import dev.muster.node.tools.Tool;
import dev.muster.node.tools.ToolOutcome;
import dev.muster.node.tools.ToolPlace;
import dev.muster.node.tools.ToolPlan;
import dev.muster.node.tools.Violation;
import dev.muster.protocol.agent.Entry.Call;
import dev.muster.protocol.agent.Entry.Intent;
import dev.muster.protocol.agent.Entry.Outcome;
import dev.muster.protocol.agent.Entry.Way;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.instruction.Brief;
import dev.muster.protocol.worker.AgentStep.Violated;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
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
    AgentProof proof) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OUTCOME_UNKNOWN =
      "The outcome is unknown: the node stopped while this ran. The workspace is as it was before"
          + " it. Look first, then decide whether to do it again.";
  private static final String NOBODY_ANSWERS =
      "Nobody can be asked here. Decide yourself, take the reading that fits the instruction best,"
          + " and write down that you did.";

  @Nullable AttemptReport call(Call call)
      throws IOException, InterruptedException, SilentException {
    return carryOut(call, plan(call), null);
  }

  /// What somebody has begun. A command is never simply repeated; what the gate was asked about is
  /// known there; the rest may be done again.
  @Nullable AttemptReport takeUp(Call call, Intent intent, int ordinal)
      throws IOException, InterruptedException, SilentException {
    return intent.way() == Way.COMMAND
        ? told(call, ToolOutcome.failure(OUTCOME_UNKNOWN))
        : carryOut(call, plan(call), ordinal);
  }

  /// @param begun ordinal of the intent that there is already; null when there is none
  private @Nullable AttemptReport carryOut(Call call, ToolPlan plan, @Nullable Integer begun)
      throws IOException, InterruptedException, SilentException {
    return switch (plan) {
      case ToolPlan.Said(var outcome) -> told(call, outcome);
      case ToolPlan.Refused(var violation) -> refused(call, violation);
      case ToolPlan.Question _ -> told(call, ToolOutcome.failure(NOBODY_ANSWERS));
      case ToolPlan.Change(var work) -> {
        intend(call, Way.CHANGE, begun);
        yield change(call, work);
      }
      case ToolPlan.Command(var script) -> {
        var ordinal = intend(call, Way.COMMAND, begun);
        yield command(call, ordinal, script);
      }
      case ToolPlan.Gated gated -> {
        var ordinal = intend(call, Way.GATED, begun);
        yield gated(call, new Block(ordinal, gated.script(), gated.operation()));
      }
      case ToolPlan.Finish _ -> {
        intend(call, Way.FINISH, begun);
        yield proof.prove(call);
      }
    };
  }

  private ToolPlan plan(Call call) throws IOException {
    var problem = call.problem();
    if (problem != null) return said(problem);
    var tool = agents.tool(call.name());
    if (tool == null) {
      var names = agents.tools().stream().map(it -> it.spec().name());
      return said(
          "there is no tool `%s`; there are %s"
              .formatted(call.name(), names.collect(Collectors.joining(", "))));
    }
    return plan(tool, call);
  }

  private ToolPlan plan(Tool tool, Call call) throws IOException {
    var setting = passage.setting();
    JsonNode arguments;
    try {
      arguments = JSON.readTree(call.arguments());
    } catch (JsonProcessingException e) {
      return said("the arguments are no JSON: " + e.getOriginalMessage());
    }
    if (!arguments.isObject()) return said("the arguments are no JSON object");
    var workspace = setting.workspace();
    var place =
        new ToolPlace(workspace.work(), workspace.inputs(), new Boundaries(brief.boundaries()));
    return tool.plan(arguments, place);
  }

  private static ToolPlan said(String problem) {
    return new ToolPlan.Said(ToolOutcome.failure(problem));
  }

  private int intend(Call call, Way way, @Nullable Integer begun)
      throws IOException, InterruptedException {
    if (begun != null) return begun;
    var ordinal = trail.nextOrdinal();
    trail.add(new Intent(call.id(), call.name(), way), false);
    return ordinal;
  }

  private @Nullable AttemptReport told(Call call, ToolOutcome outcome)
      throws IOException, InterruptedException {
    return told(call, outcome, null);
  }

  private @Nullable AttemptReport refused(Call call, Violation violation)
      throws IOException, InterruptedException {
    var violated =
        new Violated(
            violation.kind().name().toLowerCase(Locale.ROOT), violation.rule(), violation.what());
    return told(call, ToolOutcome.failure(violation.sentence()), violated);
  }

  private @Nullable AttemptReport told(Call call, ToolOutcome outcome, @Nullable Violated violation)
      throws IOException, InterruptedException {
    var told = new Outcome(call.id(), call.name(), outcome.text(), outcome.failed(), violation, 0);
    trail.add(told, false);
    return null;
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

  private @Nullable AttemptReport command(Call call, int ordinal, String script)
      throws IOException, InterruptedException {
    line.takeSlot();
    var step = passage.runner().run("call " + ordinal, script);
    return done(call, outcome(step, passage.setting().steps().output()), step.result().duration());
  }

  private @Nullable AttemptReport gated(Call call, Block block)
      throws IOException, InterruptedException, SilentException {
    line.takeSlot();
    return switch (passage.through(round -> passage.operations().of(block, round))) {
      case Passed.Ran(var step, _) -> {
        var before = step.result().name().contains("as recorded");
        var output = before ? "It was done before." : passage.setting().steps().output();
        yield done(call, outcome(step, output), step.result().duration());
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
    return new ToolOutcome(
        text.length() <= ToolOutcome.TEXT_MAX ? text : text.substring(0, ToolOutcome.TEXT_MAX),
        !result.passed());
  }

  private @Nullable AttemptReport done(Call call, ToolOutcome outcome, Duration took)
      throws IOException, InterruptedException {
    var told =
        new Outcome(
            call.id(), call.name(), outcome.text(), outcome.failed(), null, took.toMillis());
    trail.add(told, true);
    return passage.setting().tooLarge("call " + (trail.nextOrdinal() - 1));
  }
}
