package dev.muster.node.executor;

import dev.muster.node.agent.AgentSource;
import dev.muster.node.agent.Agents;
import dev.muster.node.agent.OutsideAgent;
import dev.muster.node.executor.Executor.Execute;
import dev.muster.node.executor.Gate.SilentException;
import dev.muster.node.models.pool.Profile;
import dev.muster.protocol.instruction.Brief;
import dev.muster.protocol.instruction.WorkerInstruction;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an attempt is to carry out, and who does it.
record Carriers(
    Execute request, Workplace workplace, InstructionSource instructions, AgentSource agents) {
  /// Who carries an instruction out.
  sealed interface Work {
    record Blocks() implements Work {}

    /// @param outside who does it in place of an agent of ours; null for nobody
    record Agent(
        Agents agents,
        @Nullable OutsideAgent outside,
        Brief brief,
        List<Profile> profiles,
        String text)
        implements Work {}

    /// @param why in a sentence
    record None(String why) implements Work {}
  }

  /// Null when it is not stored.
  @Nullable WorkerInstruction instruction() throws SilentException {
    return stored(() -> instructions.find(request.assignment().instructionDigest()));
  }

  /// @param instruction without blocks
  Work agent(WorkerInstruction instruction) throws IOException, SilentException {
    var worker = request.assignment().worker();
    var noBlocks = instruction.noBlocks();
    var what =
        noBlocks == null
            ? worker + " has no EXECUTION section, and "
            : worker + " cannot be carried out: " + noBlocks + ", and ";
    var brief = instruction.brief();
    if (brief == null) return new Work.None(what + "says nothing to an agent");
    var own = agents.of(request.assignment(), brief);
    var route = own.route(instruction, brief, request.tries());
    if (route.profiles().isEmpty()) return new Work.None(what + route.why());
    if (!workplace.sandbox().isolates()) {
      return new Work.None(what + "what a model says is run in a sandbox only, and there is none");
    }
    var text = stored(() -> instructions.text(instruction.digest()));
    return text == null
        ? new Work.None(what + "its text is not stored")
        : new Work.Agent(own, own.outside(brief), brief, route.profiles(), text);
  }

  private static <T> @Nullable T stored(Supplier<@Nullable T> look) throws SilentException {
    try {
      return look.get();
    } catch (RuntimeException e) {
      throw new SilentException("the instruction could not be read: " + e, e);
    }
  }
}
