package dev.muster.orchestrator.engine.instruction;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Recognises the headings of points that are not written `## 4. DEPENDENCIES`: with one `#` or
/// with three, underlined, in bold, in HTML, indented as code is, or in capitals alone in their
/// line.
///
/// They count only for points that have no `##` heading of their own, so that a `### Dependencies`
/// inside another point stays what it is.
final class Headings {
  private static final Pattern ATX = Pattern.compile("^ {0,3}(#{1,6})\\s*+(\\S.*)$");
  private static final Pattern INDENTED =
      Pattern.compile("^(?: {4,12}| {0,3}\\t\\s{0,8})(#{2,6})\\s*+(\\S.*)$");
  private static final Pattern HTML =
      Pattern.compile("(?i)^\\s{0,12}<h([1-6])(?: [^<>]{0,200})?>(.{1,300}?)</h\\1>\\s{0,99}$");
  private static final Pattern SUMMARY =
      Pattern.compile(
          "(?i)^\\s{0,12}(?:<details(?:\\s[^<>]{0,200})?>\\s{0,9})?<summary(?:\\s[^<>]{0,200})?>"
              + "(.{1,300}?)</summary>\\s{0,99}$");
  private static final Pattern DEFINITION = Pattern.compile("^ {0,3}:\\s+\\S.*$");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^<>]{0,200}>");
  private static final Pattern BOLD =
      Pattern.compile(
          "^ {0,3}(?:\\d{1,2}[.)]\\s+)?(?:\\*\\*|__)([^*]{3,80}?)(:?)(?:\\*\\*|__)(:?)\\s*$");
  private static final Pattern CAPITALS =
      Pattern.compile("^ {0,3}((?:\\d{1,2}[.):]?\\s+)?[A-Z][A-Z_ ]{4,40}[A-Z]):?\\s*$");
  private static final Pattern UNDERLINE = Pattern.compile("^ {0,3}(?:=+|-{3,})\\s*$");
  private static final Pattern NUMBERED = Pattern.compile("^\\W*\\d.*");

  private static final int IN_BOLD = -1;
  private static final int UNDERLINED = -2;
  private static final int IN_CAPITALS = -3;

  private final Set<Point> wanted;

  /// @param wanted the points that have no `##` heading
  Headings(Set<Point> wanted) {
    this.wanted = wanted.isEmpty() ? EnumSet.noneOf(Point.class) : EnumSet.copyOf(wanted);
  }

  /// @param text of the heading
  /// @param point null for EXECUTION and the known extras
  /// @param lines how many lines it takes
  /// @param level how many `#` it is written with, or which other way; 0 for one in which EXECUTION
  ///   is never read
  record Found(String text, @Nullable Point point, int lines, int level) {}

  /// Whether most points have no `##` heading: the file writes its headings in another way.
  boolean areMostWanted() {
    return wanted.size() > Point.values().length / 2;
  }

  /// The heading that a line is; null when it is none, or one of a point that is not wanted.
  ///
  /// @param inPreamble where `**Dependencies:**` is a field and no heading
  @Nullable Found at(List<String> all, int index, String line, boolean inPreamble) {
    if (wanted.isEmpty()) return null;
    var found = any(all, index, line, inPreamble);
    return found != null && (found.point() == null || wanted.contains(found.point()))
        ? found
        : null;
  }

  /// Without the `#` that some write at its end, too. By hand: an expression would try each blank
  /// of a line that is full of them.
  private static String unclosed(String text) {
    var end = text.stripTrailing().length();
    while (end > 0 && text.charAt(end - 1) == '#') end--;
    return text.substring(0, end).stripTrailing();
  }

  /// What stands in `<h2>…</h2>` or `<summary>…</summary>`, if that is all there is in the line.
  static @Nullable String inHtml(String line) {
    var html = HTML.matcher(line);
    if (html.matches()) return TAG.matcher(html.group(2)).replaceAll("").strip();
    var summary = SUMMARY.matcher(line);
    return summary.matches() ? TAG.matcher(summary.group(1)).replaceAll("").strip() : null;
  }

  private static @Nullable Found any(List<String> all, int index, String line, boolean inPreamble) {
    var atx = ATX.matcher(line);
    if (atx.matches()) return found(unclosed(atx.group(2)), 1, atx.group(1).length());
    var indented = INDENTED.matcher(line);
    if (indented.matches()) return found(unclosed(indented.group(2)), 1, 0);
    var html = inHtml(line);
    if (html != null) return found(html, 1, 0);
    var bold = BOLD.matcher(line);
    if (bold.matches()) {
      var field = inPreamble && (!bold.group(2).isEmpty() || !bold.group(3).isEmpty());
      var found = found(bold.group(1), 1, IN_BOLD);
      var isField = field && found != null && found.point() == Point.DEPENDENCIES;
      return isField && !NUMBERED.matcher(bold.group(1)).matches() ? null : found;
    }
    if (isUnderlined(all, index)) return found(line.strip(), 2, UNDERLINED);
    var defined = isDefined(all, index) ? found(line.strip(), 1, 0) : null;
    if (defined != null && !(inPreamble && defined.point() == Point.DEPENDENCIES)) return defined;
    var capitals = CAPITALS.matcher(line);
    return capitals.matches() ? found(capitals.group(1), 1, IN_CAPITALS) : null;
  }

  static boolean isUnderlined(List<String> all, int index) {
    return index + 1 < all.size()
        && !all.get(index).isBlank()
        && UNDERLINE.matcher(all.get(index + 1)).matches();
  }

  /// `Dependencies` with `: WORKER_003` below it.
  private static boolean isDefined(List<String> all, int index) {
    return index + 1 < all.size()
        && !all.get(index).isBlank()
        && DEFINITION.matcher(all.get(index + 1)).matches();
  }

  private static @Nullable Found found(String text, int lines, int level) {
    var name = SectionName.of(text);
    if (!name.folded().isEmpty()) return null;
    var read = name.point() != null || MarkdownScanner.OTHERS.contains(name.name());
    return read ? new Found(text, name.point(), lines, level) : null;
  }
}
