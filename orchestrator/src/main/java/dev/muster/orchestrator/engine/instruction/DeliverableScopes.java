package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Section;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What headings, labels, items above and the head of a table say about the paths of DELIVERABLES:
/// what stands below `### Optional` or in a column called `Input` is not owed.
///
/// @param reasons by line, how a sentence goes on that begins with a path of it
/// @param rows the lines that are rows of a table
/// @param inputs by line, the cells whose paths are not owed
record DeliverableScopes(
    Map<Integer, String> reasons, Set<Integer> rows, Map<Integer, Set<Integer>> inputs) {
  static final DeliverableScopes NONE = new DeliverableScopes(Map.of(), Set.of(), Map.of());

  private static final Pattern TITLE =
      Pattern.compile(
          "(?i)(?:(?:files?|deliverables?|outputs?)\\s+)?(?:optional\\w*|nice[ -]to[ -]have|could["
              + " -]haves?|won['’]?t(?:[ -]haves?)?|stretch(?: goals?)?|if"
              + " (?:needed|any|possible)|(?:to be )?(?:deleted?|removed?)|gelöscht|zu"
              + " löschen|inputs?|eingaben?|sources?|quellen|reads?|to"
              + " read|references?|existing|unchanged|unverändert|not"
              + " (?:delivered|owed|included|required|needed|in scope)|non-?deliverables?|out of"
              + " scope|excluded|examples?|beispiele?|facultatifs?|optionnels?|opcionale?s?)"
              + "(?:\\s+(?:files?|deliverables?|outputs?|items?|dateien))?(?:\\s*\\([^()]*\\))?\\s*[:：]?");
  private static final Pattern HEADING = Pattern.compile("^ {0,3}#{3,6}\\s+(.*?)[\\s#]*$");
  private static final Pattern BOLD =
      Pattern.compile("^(?:\\*\\*|__)[^*_`]+(?:\\*\\*|__)\\s*[:：]?$");
  private static final Pattern CROSSED =
      Pattern.compile("^\\s*(?:(?:[-*+•]|\\d{1,4}[.)])\\s+)?(?:\\[[-~>?]]|❌|✗|✘|🚫)\\uFE0F?\\s.*");
  private static final Pattern INPUT =
      Pattern.compile(
          "(?i)(?:inputs?|sources?|reads?|templates?|eingabe|quelle|vorlage)(?: files?)?");
  private static final Pattern REQUIRED =
      Pattern.compile("(?i)(?:required|mandatory|needed|owed|must|pflicht|erforderlich)\\??");
  private static final Pattern NO = Pattern.compile("(?i)(?:no|nein|false|n|✗|✘|❌)\\uFE0F?");
  private static final Pattern GONE =
      Pattern.compile("(?i)(?:to be )?(?:delete[ds]?|removed?|gelöscht|entfernt|删除|刪除|削除)");
  private static final Pattern OPTIONAL = Pattern.compile("(?i)\\(?optional\\)?");
  private static final Pattern RULE = Pattern.compile("^[|\\s:-]*-[|\\s:-]*$");

  DeliverableScopes {
    reasons = Map.copyOf(reasons);
    rows = Set.copyOf(rows);
    inputs = Map.copyOf(inputs);
  }

  /// @param indent -1 for what is no item
  private record Open(int indent, String title) {}

  static DeliverableScopes of(Section section) {
    var reasons = new HashMap<Integer, String>();
    var rows = new HashSet<Integer>();
    var inputs = new HashMap<Integer, Set<Integer>>();
    var open = new ArrayDeque<Open>();
    var head = List.<String>of();
    var above = List.<String>of();
    for (var line : section.lines()) {
      var text = line.text();
      var isRow = text.strip().startsWith("|");
      if (isRow && RULE.matcher(text.strip()).matches()) {
        head = above;
      } else if (isRow) {
        above = cells(text.strip().substring(1));
        rows.add(line.number());
        var reason = ofRow(head, above);
        if (reason != null) reasons.put(line.number(), reason);
        inputs.put(line.number(), columns(head));
      } else {
        head = List.of();
        above = List.of();
        scope(open, text);
      }
      if (CROSSED.matcher(text).matches()) {
        reasons.put(line.number(), "is crossed out or put off, so it is not owed");
      }
      if (!open.isEmpty() && !open.peek().title().isEmpty()) {
        var title = open.peek().title();
        reasons.putIfAbsent(line.number(), "stands below '" + title + "', so it is not owed");
      }
    }
    return new DeliverableScopes(reasons, rows, inputs);
  }

  /// A heading or a label holds until the next, an item for those that are indented below it.
  private static void scope(ArrayDeque<Open> open, String text) {
    if (text.isBlank()) return;
    var item = ItemText.of(text);
    var heading = HEADING.matcher(text);
    var indent = item == null ? -1 : text.length() - text.stripLeading().length();
    var plain = heading.matches() ? heading.group(1) : item == null ? text.strip() : item;
    var words = PlainText.of(plain).strip();
    var label = heading.matches() || plain.endsWith(":") || BOLD.matcher(plain).matches();
    if (item == null && !label) {
      if (!Character.isWhitespace(text.charAt(0))) open.removeIf(it -> it.indent() >= 0);
      return;
    }
    open.removeIf(it -> it.indent() >= indent);
    if (TITLE.matcher(words).matches()) {
      open.push(new Open(indent, words.replaceFirst("\\s*[:：]$", "")));
    } else if (item == null) {
      open.clear();
    }
  }

  private static List<String> cells(String row) {
    return Arrays.stream(row.split("\\|", -1)).map(cell -> PlainText.of(cell).strip()).toList();
  }

  private static @Nullable String ofRow(List<String> head, List<String> cells) {
    for (var at = 0; at < cells.size(); at++) {
      var title = at < head.size() ? head.get(at) : "";
      var no = REQUIRED.matcher(title).matches() && NO.matcher(cells.get(at)).matches();
      if (no)
        return "is in a row with '" + cells.get(at) + "' under '" + title + "', so it is not owed";
      if (GONE.matcher(cells.get(at)).matches())
        return "is in a row with '" + cells.get(at) + "', so it is not owed";
      if (OPTIONAL.matcher(cells.get(at)).matches()) return "is optional, so it is not owed";
    }
    return null;
  }

  private static Set<Integer> columns(List<String> head) {
    var columns = new HashSet<Integer>();
    for (var at = 0; at < head.size(); at++) {
      if (INPUT.matcher(head.get(at)).matches()) columns.add(at);
    }
    return columns;
  }

  /// Whether what ends in this text of a row stands in a column of what is read.
  boolean isInput(int line, String before) {
    var columns = inputs.get(line);
    if (columns == null || columns.isEmpty()) return false;
    return columns.contains((int) before.chars().filter(c -> c == '|').count());
  }

  boolean isRow(int line) {
    return rows.contains(line);
  }

  /// Null when nothing above says that it is not owed.
  @Nullable String reason(int line) {
    return reasons.get(line);
  }
}
