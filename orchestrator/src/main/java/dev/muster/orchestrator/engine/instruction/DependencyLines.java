package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Fence;
import dev.muster.orchestrator.engine.instruction.Document.Line;
import dev.muster.orchestrator.engine.instruction.Document.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// Cuts DEPENDENCIES into statements: headings, list items with the lines that continue them, rows
/// of tables, paragraphs. Blocks of text or YAML count like the lines around them.
final class DependencyLines {
  private static final Pattern CROSS = Pattern.compile("[❌✗✘🚫]");
  private static final Pattern QUOTE = Pattern.compile("^ {0,3}>[> ]*");
  private static final Pattern HEADING = Pattern.compile("^ {0,3}(#{1,6})\\s+(.*?)\\s*#*$");
  private static final Pattern ITEM =
      Pattern.compile(
          "^\\s*(?:(?:[-*+•‣▪◦–—:]|\\d{1,4}[.)]|[a-zA-Z][.)])\\s+|[-*+•](?=(?i:worker)[_ ]?\\d))");

  /// `:::note Optional`, `> [!note] Optional`, `=== "Optional"`, and the `:::` at the end.
  private static final Pattern BOX =
      Pattern.compile(
          "^\\s{0,3}(?:(?::{3,}|\\[!)\\s*[\\w-]{0,20}]?[+-]?|[=!?]{3}\\+?(?= [\\w\"]))(\\s.*)?$");

  /// `DEPENDENCIES: WORKER_001`, `DEPENDENCIES (WORKER_001)`.
  private static final Pattern IN_HEADING =
      Pattern.compile("[:(]\\s*([^()]{0,500}?(?i:worker)[\\s_#-]?\\d[^()]{0,500})");

  private static final Pattern RULE = Pattern.compile("^[|\\s:-]*-[|\\s:-]*$");
  private static final Pattern LABEL = Pattern.compile("^\\s*\\p{L}[^:|]{0,60}:(?:\\s.*)?$");
  private static final List<String> QUIET_LANGUAGES =
      List.of(
          "", "yaml", "yml", "toml", "json", "text", "txt", "md", "markdown", "plain", "plaintext");

  enum Kind {
    HEADING,
    ITEM,
    PARAGRAPH,
    ROW,
    RULE,
    BLANK,
    /// Behind a rule, or in a block of commands.
    OUTSIDE
  }

  /// @param depth level of a heading, indent of an item, 0 for the rest
  record Statement(int line, Kind kind, int depth, String text) {}

  private final List<Statement> statements = new ArrayList<>();

  private DependencyLines() {}

  static List<Statement> of(Section section) {
    var lines = new ArrayList<>(section.lines());
    var heading = IN_HEADING.matcher(section.heading());
    if (heading.find()) lines.add(new Line(section.line(), "- " + heading.group(1), false));
    var outside = new ArrayList<Statement>();
    for (var fence : section.fences()) {
      var quiet = QUIET_LANGUAGES.contains(FenceInfo.parse(fence.info()).language());
      for (var line : lines(fence)) {
        if (quiet) lines.add(line);
        else outside.add(new Statement(line.number(), Kind.OUTSIDE, 0, line.text()));
      }
    }
    lines.sort(Comparator.comparingInt(Line::number));
    var cut = new DependencyLines();
    lines.forEach(cut::add);
    cut.statements.addAll(outside);
    return cut.statements;
  }

  private static List<Line> lines(Fence fence) {
    var lines = new ArrayList<Line>();
    for (var text : fence.text().split("\n", -1)) {
      lines.add(new Line(fence.line() + 1 + lines.size(), text, false));
    }
    return lines;
  }

  private void add(Line line) {
    var text = QUOTE.matcher(line.text()).replaceFirst("").replace("\t", "    ");
    var box = BOX.matcher(text);
    if (box.matches() && !line.trailer()) {
      put(line, Kind.PARAGRAPH, 0, box.group(1) == null ? "" : box.group(1).strip());
      return;
    }
    var heading = HEADING.matcher(text);
    var item = ITEM.matcher(text);
    if (text.isBlank()) {
      put(line, Kind.BLANK, 0, "");
    } else if (line.trailer()) {
      put(line, Kind.OUTSIDE, 0, text);
    } else if (heading.matches()) {
      put(line, Kind.HEADING, heading.group(1).length(), heading.group(2));
    } else if (text.indexOf('|') >= 0 && RULE.matcher(text.strip()).matches()) {
      put(line, Kind.RULE, 0, text);
    } else if (text.strip().startsWith("|")) {
      put(line, Kind.ROW, 0, text.strip());
    } else if (item.find()) {
      put(line, Kind.ITEM, indent(text), uncrossed(ItemText.orPlain(text.substring(item.end()))));
    } else if (!continues(text)) {
      put(line, Kind.PARAGRAPH, indent(text), ItemText.orPlain(text));
    }
  }

  /// `[-]`, or a cross, says that it is not to be done, and not what that means for whoever waits.
  private static String uncrossed(String item) {
    if (item.startsWith("[-] ") || item.startsWith("[~] ")) return "excluding " + item.substring(4);
    return CROSS.matcher(item).find() ? "excluding " + item : item;
  }

  private void put(Line line, Kind kind, int depth, String text) {
    statements.add(new Statement(line.number(), kind, depth, text));
  }

  private boolean continues(String text) {
    if (statements.isEmpty() || LABEL.matcher(PlainText.of(text)).matches()) return false;
    var last = statements.getLast();
    var open = last.kind() == Kind.ITEM || last.kind() == Kind.PARAGRAPH;
    if (!open || isWhole(last) || last.text().length() > MarkdownScanner.LINE_CHARS_MAX)
      return false;
    statements.removeLast();
    statements.add(
        new Statement(last.line(), last.kind(), last.depth(), last.text() + " " + text.strip()));
    return true;
  }

  /// What stands under a label with nothing behind it is not its continuation.
  private static boolean isWhole(Statement statement) {
    var text = PlainText.of(statement.text());
    return text.endsWith(":") || Cue.isAll(text);
  }

  private static int indent(String text) {
    var at = 0;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
    return at;
  }
}
