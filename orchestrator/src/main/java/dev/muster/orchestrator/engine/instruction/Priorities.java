package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Line;
import dev.muster.orchestrator.engine.instruction.Document.Section;
import dev.muster.orchestrator.engine.instruction.ParsedInstruction.Field;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the explicit priority, which is the wave: under the heading, in PERFORMANCE_REQUIREMENTS,
/// or in front matter.
final class Priorities {
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?i)^(?:(?:wave|priority|prio|level)[\\s_:-]*|p|w|#)?0{0,3}([1-5])(?:\\s*(?:/|of)\\s*5)?(?![\\p{L}\\p{N}])(.*)$");
  private static final Pattern MORE_NUMBERS =
      Pattern.compile(
          "(?i)^\\s*(?:[-–—~/,.:;&+]+|(?:down|up)\\s*to\\b|to\\b|through\\b|till\\b|bis\\b|or\\b|oder\\b|and\\b|und\\b)"
              + "\\s*[pw#]?\\d.*");

  private static final Pattern STATED =
      Pattern.compile(
          "(?i)^(?:priority|priorität|prio|wave)\\s*[:=]\\s*\\W*(?:[pw]|wave\\s*)?[1-5]\\b.*");

  private static final Pattern IN_TITLE =
      Pattern.compile(
          "(?i)\\b(?:priority|priorität|prio|wave)\\s*[:=#-]?\\s*[pw]?[1-5]\\b|[\\[(][pw][1-5][\\])]");

  private Priorities() {}

  static @Nullable Integer read(ParsedInstruction parsed, List<Finding> findings) {
    var field = parsed.field("Priority");
    var label = parsed.labelField(Point.PERFORMANCE_REQUIREMENTS, "Priority");
    var stated = field != null ? field : label != null ? label : parsed.front("priority");
    if (stated == null) {
      var phased = parsed.field("Phase") != null || parsed.front("phase") != null;
      var elsewhere = elsewhere(parsed);
      if (!phased || !elsewhere.isEmpty()) {
        findings.add(
            Finding.of(
                Code.NO_PRIORITY,
                parsed.file(),
                1,
                elsewhere
                    + (phased
                        ? "the phase decides"
                        : "neither Priority nor Phase is given, so it goes to the first wave"),
                "Add a line **Priority:** 1 (to 5) under the heading."));
      }
      return null;
    }
    var priority = number(stated.value());
    if (priority == null) findings.add(invalid(parsed, stated));
    contradicted(parsed, stated, priority, label, findings);
    return priority;
  }

  /// Where a priority stands in which none is read; empty when nowhere.
  private static String elsewhere(ParsedInstruction parsed) {
    if (IN_TITLE.matcher(parsed.title()).find()) {
      return "the priority in line " + parsed.titleLine() + " is not read there: ";
    }
    return Stream.concat(parsed.points().values().stream(), parsed.others().values().stream())
        .flatMap(List::stream)
        .flatMap(Priorities::lines)
        .filter(line -> STATED.matcher(PlainText.of(ItemText.orPlain(line.text()))).matches())
        .findFirst()
        .map(line -> "the priority in line " + line.number() + " is not read there: ")
        .orElse("");
  }

  /// A heading, alone or with the line below it, says things, too.
  private static Stream<Line> lines(Section section) {
    var below = section.lines().stream().filter(line -> !line.text().isBlank()).findFirst();
    var heading = section.heading() + below.map(line -> ": " + line.text()).orElse("");
    return Stream.concat(
        Stream.of(
            new Line(section.line(), section.heading(), false),
            new Line(section.line(), heading, false)),
        section.lines().stream());
  }

  /// Null for what is no number from 1 to 5, or more than one.
  static @Nullable Integer number(String value) {
    var match = NUMBER.matcher(PlainText.of(value));
    if (!match.matches() || MORE_NUMBERS.matcher(match.group(2)).matches()) return null;
    return Integer.valueOf(match.group(1));
  }

  private static Finding invalid(ParsedInstruction parsed, Field stated) {
    return Finding.of(
        Code.INVALID_PRIORITY,
        parsed.file(),
        stated.line(),
        "priority is '"
            + stated.value()
            + "', expected 1 (first wave) to 5; "
            + (parsed.field("Phase") == null && parsed.front("phase") == null
                ? "it goes to the first wave"
                : "the phase decides instead"),
        "Write **Priority:** with a number from 1 to 5.");
  }

  /// Whatever else says another priority is not followed, and that is said.
  private static void contradicted(
      ParsedInstruction parsed,
      Field stated,
      @Nullable Integer priority,
      @Nullable Field label,
      List<Finding> findings) {
    for (var other : new @Nullable Field[] {label, parsed.front("priority")}) {
      if (other == null || other.line() == stated.line()) continue;
      var number = number(other.value());
      if (number != null && !number.equals(priority)) {
        findings.add(
            Finding.of(
                Code.CONTRADICTION,
                parsed.file(),
                other.line(),
                "priority is '"
                    + other.value()
                    + "' here and '"
                    + stated.value()
                    + "' in line "
                    + stated.line()
                    + ", which counts",
                "Say it once."));
      }
    }
  }
}
