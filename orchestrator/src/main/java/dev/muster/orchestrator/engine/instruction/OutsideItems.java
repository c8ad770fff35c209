package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Fence;
import dev.muster.orchestrator.engine.instruction.Document.Line;
import dev.muster.orchestrator.engine.instruction.Document.Section;
import dev.muster.orchestrator.engine.instruction.PathText.Kind.Owed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds paths of DELIVERABLES outside its items: between them, below a rule, in a fenced block.
/// None of them is owed.
final class OutsideItems {
  private static final int FENCED_MAX = 5;
  private static final Pattern TREE = Pattern.compile("^[\\s│├└─|`+*-]+|\\s+#.*$|[\\s,;:]+$");

  private final Set<String> owed;
  private final List<Unowed> found = new ArrayList<>();

  /// @param reason how a sentence goes on that begins with the text
  record Unowed(int line, String text, String reason) {}

  private OutsideItems(Set<String> owed) {
    this.owed = owed;
  }

  /// @param owed what items name; that is not said again
  static List<Unowed> of(Section section, Set<String> owed) {
    var outside = new OutsideItems(owed);
    if (!section.items().isEmpty()) outside.lines(section.lines());
    section.fences().forEach(outside::fence);
    return outside.found;
  }

  private void lines(List<Line> lines) {
    var open = false;
    for (var line : lines) {
      var item = ItemText.of(line.text()) != null;
      var goesOn = open && !line.text().isBlank() && Character.isWhitespace(line.text().charAt(0));
      open = item || goesOn;
      if (line.trailer()) quoted(line, "stands below a rule (---), so it is not owed");
      else if (!open) quoted(line, "stands in no item, so it is not owed");
    }
  }

  private void quoted(Line line, String reason) {
    var match = DeliverablesReader.BACKTICKS.matcher(line.text());
    while (match.find()) {
      var text = match.group(1).strip();
      if (isNew(text)) found.add(new Unowed(line.number(), text, reason));
    }
  }

  private void fence(Fence fence) {
    var named =
        fence
            .text()
            .lines()
            .map(line -> TREE.matcher(line).replaceAll(""))
            .filter(this::isNew)
            .limit(FENCED_MAX)
            .toList();
    if (named.isEmpty()) return;
    found.add(
        new Unowed(
            fence.line(),
            String.join("`, `", named),
            "stands in a fenced block, so it is not owed"));
  }

  private boolean isNew(String text) {
    return PathText.isKnown(text)
        && PathText.of(text, "") instanceof Owed(var path)
        && !owed.contains(path);
  }
}
