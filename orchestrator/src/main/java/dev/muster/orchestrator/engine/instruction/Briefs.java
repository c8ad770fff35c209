package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Line;
import dev.muster.orchestrator.engine.instruction.ParsedInstruction.Field;
import dev.muster.protocol.instruction.Brief;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what a file says of the agent that is to carry it out.
final class Briefs {
  private static final int LINES_MAX = 200;

  private Briefs() {}

  static Brief read(ParsedInstruction parsed, String text) {
    return new Brief(
        String.join("\n", lines(parsed, Point.TASK_CLASSIFICATION)),
        value(parsed.field("LLM Provider")),
        value(parsed.field("Role") != null ? parsed.field("Role") : parsed.front("role")),
        lines(parsed, Point.BOUNDARIES),
        Quoted.sections(parsed, text));
  }

  private static List<String> lines(ParsedInstruction parsed, Point point) {
    return parsed.sections(point).stream()
        .flatMap(section -> section.statements().stream())
        .map(Line::text)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .limit(LINES_MAX)
        .toList();
  }

  private static @Nullable String value(@Nullable Field field) {
    return field == null || field.value().isBlank() ? null : field.value().strip();
  }
}
