package dev.muster.node.tools;

import dev.muster.node.sql.SqlDoor;
import dev.muster.node.sql.SqlStatement;
import dev.muster.protocol.commons.CommonsRequest;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.run.SubTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What carrying out a call takes. Who carries it out persists the intent before, and the outcome
/// after it.
public sealed interface ToolPlan {
  /// Known at once, and nothing has changed.
  record Said(ToolOutcome outcome) implements ToolPlan {}

  /// The policy forbids it: nothing is done, the model is told `why`, and it is recorded.
  record Refused(Violation violation) implements ToolPlan {}

  /// Somebody is asked for something, and nothing changes: it may be done again.
  record Look(Work work) implements ToolPlan {}

  /// A statement that may change a database. The gate is asked about it first.
  ///
  /// @param why in the agent's own words; null when it does not say
  record Statement(SqlDoor door, SqlStatement statement, @Nullable String why)
      implements ToolPlan {}

  /// The node itself changes files of the workspace. Done again it leaves the same, so that an
  /// intent without an outcome is simply carried out.
  record Change(Work work) implements ToolPlan {}

  /// A script in the sandbox, without any permit. After a crash nobody knows how far it came.
  ///
  /// @param reads folders of the host that it may read, too
  record Command(String script, List<Path> reads) implements ToolPlan {
    public Command {
      reads = List.copyOf(reads);
    }

    public Command(String script) {
      this(script, List.of());
    }
  }

  /// A script that the gate is asked about first.
  record Gated(Operation operation, String script) implements ToolPlan {
    /// @param why in the agent's own words; null when it does not say
    Gated because(@Nullable String why) {
      return new Gated(operation.because(why), script);
    }
  }

  /// The attempt waits until the operator has answered, and holds nothing meanwhile.
  record Question(String text) implements ToolPlan {}

  /// Something that the workers of a run share, or that this one keeps.
  record Share(CommonsRequest request) implements ToolPlan {}

  /// Sub-workers are asked for, and waited for.
  record Spawn(List<Draft> drafts) implements ToolPlan {
    public Spawn {
      drafts = List.copyOf(drafts);
    }

    /// @param task without its inputs
    /// @param inputs paths in the workspace
    public record Draft(SubTask task, List<String> inputs) {
      public Draft {
        inputs = List.copyOf(inputs);
      }
    }
  }

  /// A model is asked beside the conversation, or that is seen to. Nothing else changes.
  record Session(SessionRequest request) implements ToolPlan {}

  /// The agent says that it is done. A claim only: validation begins.
  record Finish(String summary) implements ToolPlan {}

  @FunctionalInterface
  interface Work {
    ToolOutcome carryOut() throws IOException, InterruptedException;
  }
}
