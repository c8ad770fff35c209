package dev.muster.node.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.node.models.ToolSpec;
import dev.muster.node.tools.CheckedTool.RefusedException;
import dev.muster.node.tools.Parameters.UnfitException;
import dev.muster.node.tools.ToolPlan.Command;
import dev.muster.node.tools.ToolPlan.Refused;
import dev.muster.node.tools.ToolPlan.Said;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.instruction.Risk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tools of servers that speak the Model Context Protocol. A server lives for one call: one that is
/// started is a script in the sandbox, one that is reached an operation with network at the gate.
///
/// Both the settings and the instruction's BOUNDARIES must name what may be called. What a server
/// says of its tools is the outcome of a call, and nowhere in what the agent is told before.
public final class McpTools {
  private static final int ARGUMENTS_BYTES_MAX = 64_000;
  private static final int SECONDS = 60;
  private static final String ANY = "{\"type\":\"object\",\"additionalProperties\":true}";

  /// Kept from the server, whose tools may have a `why` of their own.
  private static final String WHY = "muster_why";

  private static final String ANY_AND_WHY =
      """
      {"type":"object","properties":{"%s":{"type":"string","maxLength":%d,"description":"why you need it, for whoever decides, who sees what it does anyway; the server is not told"}},"additionalProperties":true}\
      """
          .formatted(WHY, Operation.WHY_CHARS_MAX);
  private static final String NONE = "{\"type\":\"object\",\"additionalProperties\":false}";

  private McpTools() {}

  /// @param boundaries of the instruction, as written
  public static List<Tool> of(Collection<McpServer> servers, List<String> boundaries) {
    var tools = new ArrayList<Tool>();
    for (var server : servers) {
      var allowed = server.allow().stream().filter(it -> isNamed(server, it, boundaries)).toList();
      if (allowed.isEmpty()) continue;
      tools.add(
          new McpTool(
              server,
              new ToolSpec(
                  name(server, "tools"),
                  "What the MCP server `%s` offers: its tools with what they do and take. Call it before any of them."
                      .formatted(server.name()),
                  NONE),
              "",
              String.join(",", allowed)));
      for (var tool : allowed) {
        tools.add(
            new McpTool(
                server,
                new ToolSpec(
                    name(server, tool),
                    "The tool `%s` of the MCP server `%s`%s. `%s` says what it takes."
                        .formatted(
                            tool,
                            server.name(),
                            server.url() == null ? "" : ", which is asked about first",
                            name(server, "tools")),
                    server.url() == null ? ANY : ANY_AND_WHY),
                tool,
                ""));
      }
    }
    return List.copyOf(tools);
  }

  static String name(McpServer server, String tool) {
    return "mcp_%s_%s".formatted(server.name(), tool);
  }

  /// A CAN names it or its server, and no CANNOT does.
  private static boolean isNamed(McpServer server, String tool, List<String> boundaries) {
    return NamedByBoundaries.isNamed(boundaries, "mcp_" + server.name(), name(server, tool));
  }

  /// @param tool of the server; empty to hear what there is
  /// @param names that may be heard of
  private record McpTool(McpServer server, ToolSpec spec, String tool, String names)
      implements Tool {
    @Override
    public ToolPlan plan(JsonNode arguments, ToolPlace place) {
      if (!arguments.isObject()) return new Said(ToolOutcome.failure("expected a JSON object"));
      try {
        var url = server.url();
        if (url == null) {
          return new Command(
              script("stdio", String.valueOf(server.command()), given(arguments), null),
              server.programs());
        }
        Reach.network(place, spec.name());
        var asked = ((ObjectNode) arguments).deepCopy();
        var why = tool.isEmpty() ? null : asked.remove(WHY);
        var secret = server.secret();
        return NetworkTools.gated(
                "network",
                script("http", url.toString(), given(asked), secret),
                secret == null ? List.of() : List.of(secret),
                Risk.ADMIN)
            .because(why == null ? null : why.asText());
      } catch (UnfitException e) {
        return new Said(ToolOutcome.failure(String.valueOf(e.getMessage())));
      } catch (RefusedException e) {
        return new Refused(e.violation());
      }
    }

    private String given(JsonNode arguments) throws UnfitException {
      return tool.isEmpty()
          ? names
          : Quoted.checked("arguments", arguments.toString(), ARGUMENTS_BYTES_MAX);
    }

    private String script(String mode, String target, String given, @Nullable String secret) {
      var words = List.of(client(), mode, target, tool, given, secret == null ? "" : secret);
      return """
      command -v python3 > /dev/null || { echo 'MCP servers need python3 on this node'; exit 127; }
      code=0
      timeout --kill-after=2 %1$d python3 -I -S -c %2$s || code=$?
      if [ "$code" = 124 ] || [ "$code" = 137 ]; then echo "=== ended: it ran for %1$d s"; fi
      exit "$code"
      """
          .formatted(SECONDS, Quoted.words(words));
    }
  }

  private static String client() {
    try (var in = McpTools.class.getResourceAsStream("mcp.py")) {
      if (in == null) throw new IllegalStateException("mcp.py is missing");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
