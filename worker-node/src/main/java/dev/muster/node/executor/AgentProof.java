package dev.muster.node.executor;

import dev.muster.node.agent.Agents;
import dev.muster.node.validation.Owed;
import dev.muster.node.validation.Validator;
import dev.muster.protocol.agent.Entry.Call;
import dev.muster.protocol.agent.Entry.Repair;
import dev.muster.protocol.agent.Role;
import dev.muster.protocol.instruction.Brief;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.protocol.worker.AttemptReport.Validating;
import dev.muster.protocol.worker.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tests what an agent claims to have finished. While it may repair, it is told what failed.
///
/// @param owed by its role
record AgentProof(
    AttemptSetting setting, AgentTrail trail, Lifeline line, int repairsMax, Owed owed) {
  static AgentProof of(
      AttemptSetting setting, AgentTrail trail, Lifeline line, Agents agents, Brief brief) {
    var role = agents.role(brief);
    var owed = role == null ? List.<Role.Output>of() : role.output();
    return new AgentProof(
        setting,
        trail,
        line,
        agents.repairsMax(role),
        new Owed(owed, setting.instruction().deliverables()));
  }

  /// @param changedTests that it was given and that are as they were again; null when it kept them
  @Nullable AttemptReport prove(Call call, @Nullable String changedTests)
      throws IOException, InterruptedException {
    if (changedTests != null) {
      return unmet(
          call,
          "it changed tests that it was given, which are as they were again: " + changedTests,
          true);
    }
    var missing = owed.missing(setting.workspace().work());
    if (missing != null) return unmet(call, missing, false);
    line.takeSlot();
    line.tell(new Validating());
    var validation =
        new Validator(setting.workplace().artifacts())
            .validate(
                setting.instruction(),
                setting.workspace(),
                setting.steps(),
                setting.job(),
                () -> {});
    var receipt = validation.receipt();
    var failure = receipt.failure();
    if (failure == null) return new Succeeded(receipt);
    var round = trail.conversation().repairs() + 1;
    if (validation.lasting() || round > repairsMax) {
      return new Unsuccessful(failure, !validation.lasting(), receipt);
    }
    var took = receipt.tests().stream().map(it -> it.result().duration());
    var millis = took.reduce(Duration.ZERO, Duration::plus).toMillis();
    var text = text(receipt, failure, round);
    trail.add(new Repair(call.id(), call.name(), round, text, millis), false);
    return null;
  }

  /// No test is worth running yet.
  ///
  /// @param changed whether the workspace is not as the agent left it
  private @Nullable AttemptReport unmet(Call call, String failure, boolean changed)
      throws IOException, InterruptedException {
    var round = trail.conversation().repairs() + 1;
    if (round > repairsMax) return new Unsuccessful(failure, true, null);
    trail.add(new Repair(call.id(), call.name(), round, again(failure, round), 0), changed);
    return null;
  }

  private String again(String failure, int round) {
    return "It is not done: %s.\nMend it and call finish again (repair %d of %d)."
        .formatted(failure, round, repairsMax);
  }

  /// What failed, how it ended, and the end of what it printed.
  private String text(Receipt receipt, String failure, int round) {
    var text = new StringBuilder("It is not done: ").append(failure).append('.');
    if (!receipt.tests().isEmpty()) {
      var last = receipt.tests().getLast();
      text.append(
          "\nThe command was `%s`, its exit code %d. It printed:\n%s"
              .formatted(
                  last.command(),
                  last.result().exitCode(),
                  setting.shown(setting.steps().output())));
    }
    return text.append(
            "\nMend it and call finish again (repair %d of %d).".formatted(round, repairsMax))
        .toString();
  }
}
