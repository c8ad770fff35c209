package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Line;
import java.util.ArrayList;
import java.util.List;

/// What stands at the end of a file: behind the rule of its last section, or else the last lines of
/// that section.
final class Footer {
  private Footer() {}

  static List<Line> of(Document document) {
    if (document.sections().isEmpty()) return List.of();
    var last = document.sections().getLast();
    var behind = last.lines().stream().filter(Line::trailer).toList();
    return behind.isEmpty() ? lastParagraph(last) : behind;
  }

  private static List<Line> lastParagraph(Document.Section section) {
    var paragraph = new ArrayList<Line>();
    var fence = section.fences().isEmpty() ? 0 : section.fences().getLast().line();
    for (var line : section.lines().reversed()) {
      if (line.number() < fence || (line.text().isBlank() && !paragraph.isEmpty())) break;
      if (line.text().isBlank()) continue;
      // An item belongs to its section, and so does a text that says more than fields.
      if (Label.of(line.text().strip()) == null) return List.of();
      paragraph.add(line);
    }
    return paragraph.reversed();
  }
}
