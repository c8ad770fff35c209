package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.ParsedInstruction.Field;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reports what stands in a file and is not, or not quite, read: nearly right names, durations and
/// phases that say nothing, comments without an end.
final class Oddities {
  private static final List<String> DURATIONS =
      List.of("Duration", "Estimated Time", "Time estimate", "Estimate");
  private static final List<String> LABELS =
      List.of("Degradation limit", "Time estimate", "Namespace", "Rollback", "Priority");

  /// Known fields from which nothing follows, or of which each counts.
  private static final Set<String> NEVER_CONTRADICT = Set.of("Dependencies", "Tags", "Environment");

  private static final Pattern STATUS = Pattern.compile("(?i)(?:status|state|zustand)");
  private static final Pattern NOT_DUE =
      Pattern.compile(
          "(?i)^\\W*(?:cancel|abandon|obsolet|deprecat|supersed|on hold|paused|draft|entwurf|not"
              + " ready|disabled"
              + "|inactive|skip|reject|archiv|wip\\b|blocked|done\\b|completed?\\b|finished|erledigt|fertig)");
  private static final Pattern OFF = Pattern.compile("(?i)(?:enabled|active|aktiv)");
  private static final Pattern APPROVAL =
      Pattern.compile(
          "(?i)(?:requires?|needs?|manual)?[ _-]*(?:approval|sign-?off|freigabe)(?: required|"
              + " by)?");
  private static final Pattern NO =
      Pattern.compile(
          "(?i)^\\W*(?:no|none|not (?:required|needed)|nein|keine?|false|off|n/a)\\b.*|^\\W*$");
  private static final Pattern NO_DURATION =
      Pattern.compile("(?i)^(?:|[-–—?]+|none.*|n/a.*|unknown.*|tbd.*|open.*)$");
  private static final Pattern AMOUNT =
      Pattern.compile("(?<![\\p{L}\\d.])\\d+(?:[.,]\\d+)?(?!\\s*%)(?![\\d.,]*%)");

  private final ParsedInstruction parsed;
  private final List<Finding> findings;

  private Oddities(ParsedInstruction parsed, List<Finding> findings) {
    this.parsed = parsed;
    this.findings = findings;
  }

  static void find(ParsedInstruction parsed, List<Finding> findings) {
    var oddities = new Oddities(parsed, findings);
    parsed.misspelt().forEach(oddities::misspelt);
    oddities.labels(Point.PERFORMANCE_REQUIREMENTS);
    oddities.labels(Point.RETROSPECTIVE);
    oddities.durations();
    oddities.phase();
    oddities.wishes();
    parsed.repeated().forEach(oddities::repeated);
    if (parsed.outerFence() > 0) {
      oddities.add(
          Code.OUTER_FENCE,
          parsed.outerFence(),
          "the whole file stands in a fence; it is read as if that were not there",
          "Take out both lines of the fence, and what stands outside it.");
    }
    if (parsed.unclosedComment() > 0) {
      oddities.add(
          Code.UNCLOSED_COMMENT,
          parsed.unclosedComment(),
          "the comment that begins here never ends; everything behind it is left out",
          "Close it with -->.");
    }
  }

  private void misspelt(Metadata.Misspelt name) {
    add(
        Code.MISSPELT_NAME,
        name.line(),
        "'"
            + name.written()
            + "' is no known name; did you mean '"
            + name.meant()
            + "'? "
            + (name.read() ? "It is read as that." : "It is not read."),
        name.meant().startsWith("#")
            ? "Write " + name.meant() + " at the beginning of its line."
            : "Write " + name.meant() + ".");
  }

  /// What a person would follow, and nothing does.
  private void wishes() {
    parsed
        .metadata()
        .forEach((key, field) -> {
          var status = STATUS.matcher(key).matches() && NOT_DUE.matcher(field.value()).find();
          if (status || (OFF.matcher(key).matches() && NO.matcher(field.value()).matches())) {
            add(
                Code.IGNORED_FIELD,
                field.line(),
                "'"
                    + key
                    + "' is '"
                    + field.value()
                    + "', and the worker is carried out all the same",
                "Move the file out of the folder if it is not to be carried out.");
          } else if (APPROVAL.matcher(key).matches() && !NO.matcher(field.value()).matches()) {
            add(
                Code.IGNORED_FIELD,
                field.line(),
                "'"
                    + key
                    + "' is '"
                    + field.value()
                    + "': only blocks that declare an operation ask",
                "Write operation= behind the language of the block that is to ask.");
          }
        });
  }

  /// Of a field the first counts; who is awaited is read in each.
  private void repeated(Metadata.Repeated field) {
    var key = Metadata.KNOWN.stream().filter(field.key()::equalsIgnoreCase).findFirst();
    if (key.isEmpty() || NEVER_CONTRADICT.contains(key.get())) return;
    if (field.again().value().equalsIgnoreCase(field.first().value())) return;
    add(
        Code.CONTRADICTION,
        field.again().line(),
        key.get().toLowerCase(Locale.ROOT)
            + " is '"
            + field.again().value()
            + "' here and '"
            + field.first().value()
            + "' in line "
            + field.first().line()
            + ", which counts",
        "Say it once.");
  }

  private void labels(Point point) {
    for (var section : parsed.sections(point)) {
      for (var line : section.statements()) {
        var label = Label.of(line.text());
        var meant = label == null ? null : Spelling.meant(label.key(), LABELS);
        if (label != null && meant != null) {
          misspelt(new Metadata.Misspelt(line.number(), label.key(), meant, false));
        }
      }
    }
  }

  private void durations() {
    for (var name : DURATIONS) {
      var field = parsed.field(name);
      if (field != null) duration(name, field);
    }
    var label = parsed.labelField(Point.RETROSPECTIVE, "Time estimate");
    if (label != null && AMOUNT.matcher(label.value()).find()) duration("Time estimate", label);
  }

  private void duration(String name, Field field) {
    if (NO_DURATION.matcher(field.value().strip()).matches()) return;
    if (Durations.in(field.value()) != null) return;
    add(
        Code.INVALID_DURATION,
        field.line(),
        name.toLowerCase(Locale.ROOT) + " is '" + field.value() + "', which says no time",
        "Write a number with its unit, such as 20 minutes, 90 s or 1 h 30 min.");
  }

  private void phase() {
    var field = parsed.field("Phase") != null ? parsed.field("Phase") : parsed.front("phase");
    if (field == null || field.value().isBlank() || Phase.parse(field.value()) != null) return;
    add(
        Code.INVALID_PHASE,
        field.line(),
        "phase is '" + field.value() + "', expected a number; it counts as none",
        "Write **Phase:** 1.2 - Name.");
  }

  private void add(Code code, int line, String message, String fix) {
    findings.add(Finding.of(code, parsed.file(), line, message, fix));
  }
}
