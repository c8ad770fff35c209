package dev.muster.orchestrator.instruction;

import dev.muster.orchestrator.instruction.Document.Line;
import dev.muster.orchestrator.instruction.Document.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the workers, ranges and phases that DEPENDENCIES and the `Dependencies` line name.
///
/// A file name such as `workers/WORKER_001_Title.md` names a file, not a worker. Lines that say "no
/// …" or "none", that stand under "Optional", or that speak of what comes after, name nothing.
final class DependencyReader {
  static final int RANGE_MAX = 10_000;

  private static final String ID = "(?<![\\w/.-])WORKER[_ ](\\d{1,9}+)";
  private static final Pattern WORKER =
      Pattern.compile(
          ID
              + "(?:\\s*(?:-|–|—|\\.\\.|\\bto\\b|\\bthrough\\b)\\s*WORKER[_ ](\\d{1,9}+)"
              + "|(?:-|–|—|\\.\\.|\\s+to\\s+|\\s+through\\s+)(\\d{1,9}+))?(?!\\w|\\.md)",
          Pattern.CASE_INSENSITIVE);
  private static final String NUMBER = "(\\d{1,4}(?:\\.\\d{1,4})?)";
  private static final String SPAN =
      NUMBER + "(?:\\s*(?:-|–|—|\\bto\\b|\\bthrough\\b)\\s*" + NUMBER + ")?(?![\\w%])";
  private static final Pattern PHASES =
      Pattern.compile("\\bphases?\\s+" + SPAN, Pattern.CASE_INSENSITIVE);
  private static final Pattern MORE_PHASES =
      Pattern.compile("\\s*(?:,|and|&|\\+)\\s*(?:phase\\s+)?" + SPAN, Pattern.CASE_INSENSITIVE);
  private static final Pattern AWAITED =
      Pattern.compile("(?i)^phase|complet|finish|done|execut|passed|deliver|output|result");
  private static final Pattern NOTHING =
      Pattern.compile("(?i)^(?:no|none|not|without|independent|n/a)\\b.*");
  private static final Pattern NOT_BEFORE =
      Pattern.compile(
          "(?i)^(?:optional|next|blocks|unblocks|blocking|required by|needed by|followed by|"
              + "successors?|used by|downstream)\\b.*");

  private final String file;
  private final Map<String, Reference> references = new LinkedHashMap<>();
  private final List<Finding> findings;
  private final List<String> services = new ArrayList<>();
  private boolean skipping;

  private DependencyReader(String file, List<Finding> findings) {
    this.file = file;
    this.findings = findings;
  }

  /// @param services what else must be there, in the file's own words
  record Dependencies(List<Reference> references, List<String> services) {}

  static Dependencies read(ParsedInstruction parsed, List<Finding> findings) {
    var reader = new DependencyReader(parsed.file(), findings);
    var field = parsed.field("Dependencies");
    if (field != null) reader.line(new Line(field.line(), field.value(), false));
    for (Section section : parsed.sections(Point.DEPENDENCIES)) {
      reader.skipping = false;
      section.statements().forEach(reader::line);
    }
    return new Dependencies(List.copyOf(reader.references.values()), List.copyOf(reader.services));
  }

  private void line(Line line) {
    var label = Label.of(line.text());
    if (label != null && label.value().isEmpty())
      skipping = NOT_BEFORE.matcher(label.key()).matches();
    var subject = label == null ? line.text() : label.key();
    var says = label == null ? line.text() : label.value();
    if (skipping
        || NOTHING.matcher(subject).matches()
        || NOTHING.matcher(says).matches()
        || NOT_BEFORE.matcher(subject).matches()) {
      return;
    }
    var before = references.size();
    workers(line);
    phases(line);
    if (references.size() == before && subject.toLowerCase(Locale.ROOT).contains("service")) {
      services.add(line.text());
    }
  }

  private void workers(Line line) {
    var match = WORKER.matcher(line.text());
    while (match.find()) {
      var first = match.group(1);
      var second = match.group(2) != null ? match.group(2) : sameWidth(match);
      if (second == null) {
        add(new Reference.Worker(line.number(), "WORKER_" + first));
      } else {
        range(line.number(), first, second);
      }
    }
  }

  /// The bare second number of a range. In words ("to 5 servers") it must be as wide as the first.
  private static @Nullable String sameWidth(MatchResult match) {
    var second = match.group(3);
    if (second == null) return null;
    var between = match.group().substring(0, match.group().length() - second.length());
    var inWords = Character.isWhitespace(between.charAt(between.length() - 1));
    return inWords && second.length() != match.group(1).length() ? null : second;
  }

  private void range(int line, String first, String second) {
    var range =
        new Reference.Range(
            line, Integer.parseInt(first), Integer.parseInt(second), first.length());
    if (range.to() < range.from() || range.size() > RANGE_MAX) {
      findings.add(
          Finding.of(
              Code.INVALID_DEPENDENCY,
              file,
              line,
              "the range WORKER_" + first + "-" + second + " is empty or longer than " + RANGE_MAX,
              "Write the lower number first, as in WORKER_088-093."));
    } else {
      add(range);
    }
  }

  private void phases(Line line) {
    var match = PHASES.matcher(line.text());
    while (match.find()) {
      if (!AWAITED.matcher(line.text()).find()) return;
      addPhases(line, match);
      var more = MORE_PHASES.matcher(line.text()).region(match.end(), line.text().length());
      while (more.lookingAt()) {
        addPhases(line, more);
        more.region(more.end(), line.text().length());
      }
    }
  }

  private void addPhases(Line line, Matcher match) {
    var from = Phase.parse(match.group(1));
    var to = match.group(2) == null ? from : Phase.parse(match.group(2));
    if (from == null || to == null) return;
    add(new Reference.Phases(line.number(), from, to));
  }

  private void add(Reference reference) {
    references.putIfAbsent(reference.text(), reference);
  }
}
