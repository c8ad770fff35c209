package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Markdown file cut into what the format needs and no more.
///
/// @param title text of the first `#` heading; null when there is none
/// @param preamble what stands before the first `##` heading
/// @param sections the `##` headings with what follows each
/// @param front what other tools wrote above it all
/// @param unclosedComment the line where a comment begins that never ends; 0 when there is none
/// @param outerFence the line of the fence that the whole file stood in; 0 when there is none
record Document(
    @Nullable String title,
    int titleLine,
    Section preamble,
    List<Section> sections,
    FrontMatter front,
    int unclosedComment,
    int outerFence) {
  Document {
    sections = List.copyOf(sections);
  }

  /// @param heading text after the `##`, empty for the preamble
  /// @param line of the heading
  /// @param lines the text outside fences and comments
  record Section(String heading, int line, List<Line> lines, List<Fence> fences) {
    Section {
      lines = List.copyOf(lines);
      fences = List.copyOf(fences);
    }

    boolean isEmpty() {
      return fences.isEmpty() && lines.stream().allMatch(l -> l.trailer() || l.text().isBlank());
    }

    /// Bullets, checkboxes, numbered items and table rows, with the lines that continue them.
    List<Line> items() {
      var items = new ArrayList<Line>();
      var open = false;
      for (var line : lines) {
        if (line.trailer()) break;
        var item = ItemText.of(line.text());
        var html = ItemText.html(line.text());
        if (!html.isEmpty()) {
          html.forEach(text -> items.add(new Line(line.number(), text, false)));
          open = false;
        } else if (item != null) {
          items.add(new Line(line.number(), item, false));
          open = true;
        } else if (line.text().isBlank()) {
          open = false;
        } else if (open && Character.isWhitespace(line.text().charAt(0))) {
          var last = items.removeLast();
          items.add(new Line(last.number(), last.text() + " " + line.text().strip(), false));
        }
      }
      return items;
    }

    /// Everything a person wrote here outside fences: not blank, without list marks.
    List<Line> statements() {
      return lines.stream()
          .filter(line -> !line.trailer() && !line.text().isBlank())
          .map(line -> new Line(line.number(), ItemText.orPlain(line.text()), false))
          .toList();
    }
  }

  /// @param trailer true for text after a rule (`---`), which closes a section: references and
  ///   stamps of other tools gather there
  record Line(int number, String text, boolean trailer) {}

  /// @param line of the opening fence; the text begins one line below
  /// @param info what follows the opening fence, trimmed
  record Fence(int line, String info, String text, boolean closed) {}
}
