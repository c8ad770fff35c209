package dev.muster.node.executor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.node.models.ToolSpec;
import dev.muster.node.tools.Tool;
import dev.muster.node.tools.ToolOutcome;
import dev.muster.node.tools.ToolPlace;
import dev.muster.node.tools.ToolPlan;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.instruction.Risk;
import java.nio.file.Files;
import java.util.List;
import java.util.function.BiFunction;

/// The least that a conversation needs: one tool for each way to carry out a call.
final class TestTools {
  static final List<Tool> ALL =
      List.of(
          tool("write", TestTools::write),
          tool("shell", (it, _) -> new ToolPlan.Command(it.path("script").asText())),
          tool("publish", (it, _) -> publish(it.path("script").asText())),
          tool("operation", (it, _) -> declared(it.path("kind").asText())),
          tool("ask", (_, _) -> new ToolPlan.Question("which?")),
          tool("finish", (_, _) -> new ToolPlan.Finish("done")));

  private TestTools() {}

  private static ToolPlan write(JsonNode arguments, ToolPlace place) {
    var file = place.work().resolve(arguments.path("path").asText());
    var text = arguments.path("text").asText();
    return new ToolPlan.Change(() -> {
      Files.writeString(file, text);
      return ToolOutcome.of("written");
    });
  }

  private static ToolPlan publish(String script) {
    var operation =
        new Operation("production_deploy", Risk.ADMIN, List.of("../site"), false, List.of(), null);
    return new ToolPlan.Gated(operation, script);
  }

  private static ToolPlan declared(String kind) {
    return new ToolPlan.Gated(
        new Operation(kind, Risk.READ_ONLY, List.of(), false, List.of(), null), "true");
  }

  private static Tool tool(String name, BiFunction<JsonNode, ToolPlace, ToolPlan> plan) {
    return new Tool() {
      @Override
      public ToolSpec spec() {
        return new ToolSpec(name, "does " + name, "{\"type\":\"object\"}");
      }

      @Override
      public ToolPlan plan(JsonNode arguments, ToolPlace place) {
        return plan.apply(arguments, place);
      }
    };
  }
}
