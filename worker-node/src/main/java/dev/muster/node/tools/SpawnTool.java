package dev.muster.node.tools;

import static dev.muster.node.tools.Parameters.text;
import static dev.muster.node.tools.Parameters.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.node.models.ToolSpec;
import dev.muster.node.tools.Parameters.UnfitException;
import dev.muster.node.tools.ToolPlan.Refused;
import dev.muster.node.tools.ToolPlan.Said;
import dev.muster.node.tools.ToolPlan.Spawn;
import dev.muster.node.tools.ToolPlan.Spawn.Draft;
import dev.muster.node.tools.Violation.Kind;
import dev.muster.node.workspace.WorkspaceFiles;
import dev.muster.node.workspace.WorkspacePath.UnsafePathException;
import dev.muster.protocol.run.SubTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for sub-workers. What they may do is not decided here, but by the run, from what their
/// parent may do.
final class SpawnTool implements Tool {
  private static final String NAME = "spawn";
  private static final String LIST = "workers";
  private static final int AT_ONCE_MAX = 20;
  private static final int INPUTS_MAX = 50;

  private static final Parameters EACH =
      Parameters.of(
          text("title", "a few plain words", 100),
          text("mission", "what it has to do, and all that it must know", 8_000),
          texts("deliverables", "paths it has to make, each where you may write yourself"),
          texts("tests", "bash scripts that prove its work; the runtime runs them"),
          texts("criteria", "when it is done well").optional(),
          texts("cannot", "what it must not do, beside what you must not").optional(),
          texts("inputs", "files of your folder that it needs").optional(),
          text("role", "such as `coder`; yours unless you say", 40).optional());

  @Override
  public ToolSpec spec() {
    var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    var list = schema.putObject("properties").putObject(LIST);
    list.put("type", "array").put("description", "whom you want").put("maxItems", AT_ONCE_MAX);
    list.set("items", EACH.tree());
    schema.putArray("required").add(LIST);
    return new ToolSpec(
        NAME,
        "Have parts of your work done by sub-workers, side by side. You wait until all have ended;"
            + " what they deliver is then in your folder. They may do no more than you may.",
        schema.put("additionalProperties", false).toString());
  }

  @Override
  public ToolPlan plan(JsonNode arguments, ToolPlace place) throws IOException {
    var them = arguments.get(LIST);
    if (!arguments.isObject() || arguments.size() != 1 || them == null || !them.isArray()) {
      return said("expected an object with `workers`, a list");
    }
    if (them.isEmpty() || them.size() > AT_ONCE_MAX) {
      return said("`workers` must name from 1 to %d".formatted(AT_ONCE_MAX));
    }
    var drafts = new ArrayList<Draft>();
    var files = WorkspaceFiles.in(place.work());
    for (var each : them) {
      try {
        drafts.add(draft(EACH.read(each), files));
      } catch (UnfitException e) {
        return said("worker %d: %s".formatted(drafts.size() + 1, e.getMessage()));
      } catch (UnsafePathException e) {
        return new Refused(
            new Violation(Kind.PATH_TRAVERSAL, String.valueOf(e.getMessage()), e.path()));
      }
    }
    return new Spawn(drafts);
  }

  private static Draft draft(Arguments given, WorkspaceFiles files)
      throws UnfitException, UnsafePathException {
    var inputs = given.texts("inputs");
    if (inputs.size() > INPUTS_MAX) {
      throw new UnfitException("`inputs` names more than %d files".formatted(INPUTS_MAX));
    }
    for (var path : inputs) files.path(path);
    return new Draft(
        new SubTask(
            given.text("title"),
            role(given),
            given.text("mission"),
            given.texts("deliverables"),
            given.texts("criteria"),
            given.texts("cannot"),
            given.texts("tests"),
            List.of()),
        inputs);
  }

  private static @Nullable String role(Arguments given) {
    return given.has("role") ? given.text("role") : null;
  }

  private static Said said(String text) {
    return new Said(ToolOutcome.failure(text));
  }
}
