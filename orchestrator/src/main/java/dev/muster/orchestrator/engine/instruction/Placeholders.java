package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Line;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Finds where content is owed and a placeholder stands. What is to be filled in after the work
/// (actual time, challenges, lessons) is not owed yet.
final class Placeholders {
  private static final Pattern WHOLE =
      Pattern.compile(
          "(?i)^[\\[(<{*_`\"']*(?:tbd|tba|tbc|todo|fixme|xxx|\\?{2,}|\\.{3}|…|placeholder|fill"
              + " (?:me|this) in|lorem ipsum\\b.*|to be"
              + " (?:determined|decided|defined|done|filled|written|added)\\b.*)"
              + "[\\])>}*_`\"'.:!]*$");
  private static final Pattern BRACKETED =
      Pattern.compile(
          "(?i)\\[(?:tbd|todo|insert\\b[^\\]]{0,80}|your\\b[^\\]]{0,80}"
              + "|to be (?:determined|decided|defined|done|filled|written|added)[^\\]]{0,80})]");
  private static final Pattern OPEN_WORD =
      Pattern.compile("(?<![\\w`\"'/.-])(?:TBD|TBA)(?![\\w`\"'/-])");
  private static final Pattern LATER =
      Pattern.compile(
          "(?i)^(?:actual|challenges?|lessons?|what"
              + " |issues|blockers|notes|outcome|result|status)\\b?.*");
  private static final List<String> OWED =
      List.of("Phase", "Priority", "Duration", "Estimated Time", "Time estimate", "Dependencies");
  private static final int FINDINGS_MAX = 20;

  private Placeholders() {}

  static void find(ParsedInstruction parsed, List<Finding> findings) {
    for (var name : OWED) {
      var field = parsed.field(name);
      if (field != null && isPlaceholder(field.value())) {
        report(parsed, name, new Line(field.line(), field.value(), false), findings);
      }
    }
    var found = 0;
    for (var entry : parsed.points().entrySet()) {
      for (var section : entry.getValue()) {
        for (var line : section.statements()) {
          if (found == FINDINGS_MAX || !isOwed(entry.getKey(), line.text())) continue;
          report(parsed, entry.getKey().name(), line, findings);
          found++;
        }
      }
    }
  }

  private static boolean isOwed(Point point, String text) {
    var label = Label.of(text);
    if (point == Point.RETROSPECTIVE) {
      if (label == null || LATER.matcher(label.key()).matches()) return false;
      if (text.toLowerCase(Locale.ROOT).contains("after execution")) return false;
    }
    return isPlaceholder(label == null ? text : label.value());
  }

  static boolean isPlaceholder(String text) {
    return WHOLE.matcher(text.strip()).matches()
        || BRACKETED.matcher(text).find()
        || OPEN_WORD.matcher(text).find();
  }

  private static void report(
      ParsedInstruction parsed, String where, Line line, List<Finding> findings) {
    var text = line.text().length() > 80 ? line.text().substring(0, 80) + "…" : line.text();
    findings.add(
        Finding.of(
            Code.PLACEHOLDER,
            parsed.file(),
            line.number(),
            where + " still holds a placeholder: " + text,
            "Write what is meant."));
  }
}
