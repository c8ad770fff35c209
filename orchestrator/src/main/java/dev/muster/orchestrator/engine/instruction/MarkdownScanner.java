package dev.muster.orchestrator.engine.instruction;

import static java.util.Objects.requireNonNull;

import dev.muster.orchestrator.engine.instruction.Document.Fence;
import dev.muster.orchestrator.engine.instruction.Document.Line;
import dev.muster.orchestrator.engine.instruction.Document.Section;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cuts Markdown into headings, text lines and fences, one line at a time. It knows no nesting, so
/// no input can make it recurse, and it accepts everything: what looks like nothing is text.
///
/// A fence that is never closed would swallow what follows, up to the end of the next fence or of
/// the file. Where another fence opens behind a numbered heading, or nothing closes at all, the
/// fence is taken to end before that heading, and says that it was not closed.
final class MarkdownScanner {
  /// Longer lines are cut before they are looked at; only fenced text is kept whole.
  static final int LINE_CHARS_MAX = 10_000;

  /// Beyond so many, headings are text.
  private static final int SECTIONS_MAX = 1_000;

  private static final int RECOVERIES_MAX = 100;
  private static final String EXECUTION = "EXECUTION";
  private static final Pattern NUMBERED_HEADING = Pattern.compile("^ {0,3}## ?[\\[(]?\\d.*");

  /// The blank that some keyboards write behind the mark of an item, and that is none to Markdown.
  private static final Pattern MARK =
      Pattern.compile("^([\\s\\u00A0]*(?:[-*+•>]|\\d{1,4}[.)]))[\\u00A0\\u2007\\u202F]+");

  /// Sections that the format names beside the points.
  static final Set<String> OTHERS =
      Set.of(
          "EXECUTION",
          "RESOURCE_REQUIREMENTS",
          "RISK_ASSESSMENT",
          "QUALITY_METRICS",
          "IMPLEMENTATION_NOTES",
          "NOTES");

  private final List<String> lines;
  private final int outerFence;
  private final Set<Integer> levels = new HashSet<>();
  private final ScriptFence scripts;
  private final List<Section> sections = new ArrayList<>();
  private List<Line> text = new ArrayList<>();
  private List<Fence> fences = new ArrayList<>();
  private String heading = "";
  private int headingLine = 1;
  private boolean trailer;
  private final Comments comments;
  private final Headings headings;
  private final FrontMatter front;
  private int recoveries;
  private @Nullable String title;
  private int titleLine = 1;
  private @Nullable Section preamble;

  private MarkdownScanner(Wrapping wrapping, Headings headings) {
    lines = wrapping.lines();
    outerFence = wrapping.line();
    this.headings = headings;
    comments = new Comments(lines);
    front = FrontMatter.of(lines);
    this.scripts = new ScriptFence(lines);
  }

  /// Points without a `##` heading are looked for once more, under headings of other kinds.
  static Document scan(String text) {
    var wrapping = Wrapping.off(splitLines(text));
    var document = new MarkdownScanner(wrapping, new Headings(Set.of())).document();
    var missing = EnumSet.allOf(Point.class);
    for (var section : document.sections()) {
      var name = SectionName.of(section.heading());
      missing.removeAll(name.folded());
      if (name.point() != null) missing.remove(name.point());
    }
    if (missing.isEmpty()) return document;
    return new MarkdownScanner(wrapping, new Headings(missing)).document();
  }

  private Document document() {
    for (var at = front.end(); at < lines.size(); ) {
      var line = lines.get(at);
      var mark = comments.isOpen() ? null : FenceMark.opening(line);
      at = mark != null ? fence(at, mark) : at + line(line, at);
    }
    closeSection();
    var above = requireNonNull(preamble);
    return new Document(
        title,
        titleLine,
        above,
        sections,
        front.end() == 0 ? FrontMatter.in(above.fences()) : front,
        comments.unclosedLine(),
        outerFence);
  }

  /// Answers how many lines were taken.
  private int line(String whole, int at) {
    var line =
        comments.without(
            whole.length() > LINE_CHARS_MAX ? whole.substring(0, LINE_CHARS_MAX) : whole, at);
    if (line.isBlank() && !whole.isBlank()) return 1;
    var stripped = line.strip();
    var level = headingLevel(line);
    var other = headings.at(lines, at, line, preamble == null);
    if (other != null && isOpening(other) && sections.size() < SECTIONS_MAX) {
      open(other.text(), at + 1);
      if (other.point() != null) levels.add(other.level());
      return other.lines();
    }
    if (level == 2 && sections.size() < SECTIONS_MAX) {
      open(stripped.substring(level).strip(), at + 1);
    } else if (level == 1 && title == null && preamble == null) {
      title = stripped.substring(1).replaceFirst("\\s+#+$", "").strip();
      titleLine = at + 1;
    } else if (title == null && preamble == null && isUnderlinedTitle(at)) {
      title = stripped;
      titleLine = at + 1;
      return 2;
    } else if (isRule(stripped)) {
      trailer = true;
    } else {
      text.add(new Line(at + 1, MARK.matcher(line).replaceFirst("$1 "), trailer));
    }
    return 1;
  }

  private void open(String name, int line) {
    closeSection();
    heading = name;
    headingLine = line;
  }

  /// EXECUTION and the known extras count where a file writes its points in that very way: with so
  /// many `#`, or most of them underlined, in bold or in capitals.
  private boolean isOpening(Headings.Found other) {
    if (other.point() != null) return true;
    var level = other.level();
    return levels.contains(level) && (level > 2 || (level != 0 && headings.areMostWanted()));
  }

  private boolean isUnderlinedTitle(int at) {
    return Headings.isUnderlined(lines, at) && lines.get(at + 1).strip().startsWith("=");
  }

  /// Reads the fence that opens at a line and answers the line to go on with.
  private int fence(int opening, FenceMark mark) {
    var closing = isScript(mark) ? scripts.closing(opening, mark) : -1;
    if (closing < 0) return plainFence(opening, mark);
    var body = lines.subList(opening + 1, closing);
    fences.add(new Fence(opening + 1, mark.info(), mark.unindent(body, true), true));
    return closing + 1;
  }

  /// A block without a language is a script where scripts are expected.
  private boolean isScript(FenceMark mark) {
    var info = FenceInfo.parse(mark.info());
    if (info.isShell() || !info.language().isEmpty()) return info.isShell();
    var name = SectionName.of(heading);
    return name.point() == Point.TEST_PROCESS || name.name().equals(EXECUTION);
  }

  /// As Markdown has it.
  private int plainFence(int opening, FenceMark mark) {
    var at = opening + 1;
    var heading = -1;
    var runsAway = false;
    while (at < lines.size() && !runsAway && !mark.closedBy(lines.get(at))) {
      if (heading < 0 && isNumberedHeading(lines.get(at))) heading = at;
      runsAway = heading >= 0 && mark.opensAgain(lines.get(at));
      at++;
    }
    var closed = at < lines.size() && !runsAway;
    var end = at;
    if (!closed && heading > 0 && recoveries++ < RECOVERIES_MAX) end = heading;
    var body = lines.subList(opening + 1, end);
    fences.add(new Fence(opening + 1, mark.info(), mark.unindent(body, closed), closed));
    return closed ? end + 1 : end;
  }

  private void closeSection() {
    var section = new Section(heading, headingLine, text, fences);
    if (preamble == null) {
      preamble = section;
    } else {
      sections.add(section);
    }
    text = new ArrayList<>();
    fences = new ArrayList<>();
    trailer = false;
  }

  /// `##7. X` without the space is a heading here, though CommonMark says otherwise.
  private static int headingLevel(String line) {
    var start = 0;
    while (start < line.length() && line.charAt(start) == ' ') start++;
    var end = start;
    while (end < line.length() && line.charAt(end) == '#') end++;
    var level = end - start;
    if (start > 3 || level == 0 || level > 6) return 0;
    if (end == line.length()) return level;
    var next = line.charAt(end);
    if (isBlank(next) || (level == 2 && Character.isDigit(next))) return level;
    return level == 2 && SectionName.of(line.substring(end)).point() != null ? level : 0;
  }

  /// Also what word processors and chats write for a blank, or beside it.
  private static boolean isBlank(char c) {
    var kind = Character.getType(c);
    return c == '\t' || kind == Character.SPACE_SEPARATOR || kind == Character.FORMAT;
  }

  static boolean isNumberedHeading(String line) {
    return NUMBERED_HEADING.matcher(line).matches();
  }

  static boolean isRule(String stripped) {
    if (stripped.length() < 3 || "-*_".indexOf(stripped.charAt(0)) < 0) return false;
    var mark = stripped.charAt(0);
    return stripped.chars().allMatch(c -> c == mark || c == ' ')
        && stripped.chars().filter(c -> c == mark).count() >= 3;
  }

  /// Lines end at `\n`, `\r\n` or `\r`; a byte order mark at the start is dropped.
  private static List<String> splitLines(String text) {
    var lines = new ArrayList<String>();
    var start = text.startsWith("\uFEFF") ? 1 : 0;
    for (var at = start; at < text.length(); at++) {
      var c = text.charAt(at);
      if (c != '\n' && c != '\r') continue;
      lines.add(text.substring(start, at));
      if (c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') at++;
      start = at + 1;
    }
    if (start < text.length()) lines.add(text.substring(start));
    return lines;
  }
}
