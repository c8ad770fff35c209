package dev.muster.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.UnaryOperator;

/// What an outside agent may call.
///
/// @param schema of its arguments, as text
/// @param call its arguments to its answer; throws `Refusal` for what cannot be done
record McpTool(
    String name,
    String description,
    String schema,
    boolean readOnly,
    UnaryOperator<JsonNode> call) {}
