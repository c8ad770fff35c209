package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Line;
import dev.muster.orchestrator.engine.instruction.Document.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds headings that stand where none is read: in a quotation, as the row of a table, and
/// EXECUTION, which is never guessed, indented or in HTML. They are said where the file has no
/// other of that name.
final class StrayHeadings {
  private static final Pattern QUOTED =
      Pattern.compile("^\\s{0,12}>[>\\s]{0,12}(?:#{1,6}\\s*+|\\*\\*|__)(\\S.{0,200})$");
  private static final Pattern INDENTED =
      Pattern.compile("^(?:\\s{1,12}#{1,6}|#{3,6})\\s*+(\\S.{0,200})$");

  private static final Pattern ROW =
      Pattern.compile("^\\s{0,3}\\|\\s{0,99}([^|]{3,80})\\|[^|]*[^|\\s:-].*$");

  private StrayHeadings() {}

  /// @param missing names of what the file does not have
  /// @param read the lines that are read all the same
  static List<Metadata.Misspelt> in(
      List<Section> sections, Set<String> missing, Set<Integer> read) {
    var left = new HashSet<>(missing);
    var found = new ArrayList<Metadata.Misspelt>();
    for (var section : sections) {
      for (var line : section.lines()) {
        if (left.isEmpty()) return found;
        var name = name(line);
        if (name == null || !left.remove(name) || read.contains(line.number())) continue;
        found.add(new Metadata.Misspelt(line.number(), line.text().strip(), "## " + name, false));
      }
    }
    return found;
  }

  private static @Nullable String name(Line line) {
    var quoted = QUOTED.matcher(line.text());
    if (quoted.matches()) return SectionName.of(withoutStars(quoted.group(1))).name();
    var indented = INDENTED.matcher(line.text());
    if (indented.matches()) return SectionName.of(indented.group(1)).name();
    var row = ROW.matcher(line.text());
    if (row.matches()) return SectionName.of(PlainText.of(row.group(1))).name();
    var html = Headings.inHtml(line.text());
    return html == null ? null : SectionName.of(html).name();
  }

  private static String withoutStars(String text) {
    return text.replaceFirst("(?:\\*\\*|__):?\\s{0,9}$", "");
  }
}
