package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Section;
import dev.muster.protocol.instruction.Brief;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A file as it stands, cut at its headings. The parser's own sections have lost what they do not
/// need: fences apart from the text around them, comments, rules.
final class Quoted {
  private static final int SECTION_CHARS_MAX = 60_000;

  private Quoted() {}

  static List<Brief.Section> sections(ParsedInstruction parsed, String text) {
    var lines = text.lines().toList();
    var headed =
        Stream.of(
                parsed.points().values().stream().flatMap(List::stream),
                parsed.folds().stream().map(ParsedInstruction.Fold::section),
                parsed.others().values().stream().flatMap(List::stream))
            .flatMap(sections -> sections)
            .distinct()
            .sorted(Comparator.comparingInt(Section::line))
            .toList();
    var quoted = new ArrayList<Brief.Section>();
    var first = headed.isEmpty() ? lines.size() : headed.getFirst().line() - 1;
    add(quoted, "", lines, parsed.titleLine(), first);
    for (var at = 0; at < headed.size(); at++) {
      var section = headed.get(at);
      var end = at + 1 < headed.size() ? headed.get(at + 1).line() - 1 : lines.size();
      var name = SectionName.of(section.heading());
      add(
          quoted,
          name.point() == null ? section.heading() : name.point().name(),
          lines,
          section.line(),
          end);
    }
    return quoted;
  }

  /// @param from index of the first line
  private static void add(
      List<Brief.Section> quoted, String name, List<String> lines, int from, int to) {
    while (from < to && isEmpty(lines.get(from))) from++;
    while (to > from && isEmpty(lines.get(to - 1))) to--;
    if (from >= to) return;
    var text = String.join("\n", lines.subList(from, to));
    if (text.length() > SECTION_CHARS_MAX) {
      text =
          "%s\n(cut here: %d of %d characters)"
              .formatted(text.substring(0, SECTION_CHARS_MAX), SECTION_CHARS_MAX, text.length());
    }
    quoted.add(new Brief.Section(name, text));
  }

  private static boolean isEmpty(String line) {
    return line.isBlank() || MarkdownScanner.isRule(line.strip());
  }
}
