package dev.muster.orchestrator.engine.instruction;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.orchestrator.engine.instruction.Document.Fence;
import dev.muster.orchestrator.engine.instruction.Document.Line;
import dev.muster.orchestrator.engine.instruction.ParsedInstruction.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What other tools put in front of the heading: YAML between two lines `---`, or TOML between two
/// lines `+++`, a JSON object, or, where there is none of these, a block of YAML or TOML under the
/// heading. Only its top-level keys are read, and no more of the languages than that needs.
///
/// @param end index of the first line behind it; 0 when there is none
/// @param fields by key in lower case, lists written with commas
record FrontMatter(int end, Map<String, Field> fields) {
  static final FrontMatter NONE = new FrontMatter(0, Map.of());

  private static final int LINES_MAX = 200;
  private static final Set<String> BLOCKS = Set.of("yaml", "yml", "toml", "");
  private static final int JSON_CHARS_MAX = 20_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern LIKE_DATA =
      Pattern.compile(
          "^(?:\\s*|\\s*#.*|\\s+.*|-(?:\\s.*)?|[\\w.\"' -]{1,60}\\s*[:=].*|\\[.*]|[\\]}],?)$");
  private static final Pattern HEADING = Pattern.compile("(?i)^(?:##.*|#\\s*worker.*)$");
  private static final Pattern KEY =
      Pattern.compile("^([\\w.\"'-][\\w.\"' -]{0,59}?)\\s*[:=]\\s*(.*)$");
  private static final Pattern ITEM = Pattern.compile("^\\s*-\\s+(.*)$");

  FrontMatter {
    fields = Map.copyOf(fields);
  }

  static FrontMatter of(List<String> lines) {
    var start = 0;
    while (start < lines.size() && lines.get(start).isBlank()) start++;
    if (start == lines.size()) return NONE;
    var mark = lines.get(start).strip();
    if (mark.startsWith("{")) return json(lines, start);
    if (!mark.equals("---") && !mark.equals("+++")) return NONE;
    for (var at = start + 1; at < lines.size() && at <= start + LINES_MAX; at++) {
      var line = lines.get(at);
      var closed = line.strip().equals(mark) || (mark.equals("---") && line.strip().equals("..."));
      if (closed)
        return at == start + 1 ? NONE : new FrontMatter(at + 1, fields(lines, start + 1, at));
      if (!LIKE_DATA.matcher(line).matches() || HEADING.matcher(line).matches()) return NONE;
    }
    return NONE;
  }

  /// The first such block of a preamble.
  static FrontMatter in(List<Fence> fences) {
    for (var fence : fences) {
      if (!BLOCKS.contains(FenceInfo.parse(fence.info()).language()) || !fence.closed()) continue;
      var lines = fence.text().lines().limit(LINES_MAX).toList();
      if (fence.info().isEmpty() && !lines.stream().allMatch(it -> LIKE_DATA.matcher(it).matches()))
        continue;
      var fields = new LinkedHashMap<String, Field>();
      fields(lines, 0, lines.size())
          .forEach((key, field) ->
              fields.put(key, new Field(field.value(), field.line() + fence.line())));
      return new FrontMatter(0, fields);
    }
    return NONE;
  }

  private static FrontMatter json(List<String> lines, int start) {
    var text = new StringBuilder();
    for (var at = start; at < lines.size() && at <= start + LINES_MAX; at++) {
      text.append(lines.get(at)).append('\n');
      if (text.length() > JSON_CHARS_MAX) return NONE;
      if (!lines.get(at).strip().endsWith("}")) continue;
      try {
        var fields = new LinkedHashMap<String, Field>();
        for (var entry : JSON.readTree(text.toString()).properties()) {
          var value = plain(values(entry.getValue()));
          fields.put(entry.getKey().toLowerCase(Locale.ROOT), new Field(value, start + 1));
        }
        return new FrontMatter(at + 1, fields);
      } catch (JsonProcessingException e) {
        // It goes on in the next line.
      }
    }
    return NONE;
  }

  private static String values(JsonNode node) {
    return node.isArray()
        ? node.valueStream().map(JsonNode::asText).collect(joining(", "))
        : node.asText();
  }

  private static Map<String, Field> fields(List<String> lines, int from, int to) {
    var fields = new LinkedHashMap<String, Field>();
    var key = "";
    for (var at = from; at < to; at++) {
      var line = lines.get(at);
      var entry = KEY.matcher(line);
      var item = ITEM.matcher(line);
      if (item.matches() || (!key.isEmpty() && line.startsWith(" "))) {
        var value = item.matches() ? item.group(1) : line.strip();
        fields.computeIfPresent(key, (_, field) -> join(field, plain(value)));
      } else if (entry.matches()) {
        key = plain(entry.group(1)).toLowerCase(Locale.ROOT);
        var field = new Field(plain(entry.group(2)), at + 1);
        // Of what stands twice each counts, or none can: two priorities are no priority.
        fields.merge(key, field, (first, again) -> join(first, again.value()));
      }
    }
    return fields;
  }

  private static Field join(Field field, String more) {
    return new Field(field.value().isEmpty() ? more : field.value() + ", " + more, field.line());
  }

  /// Without quotes, brackets and a comment at the end.
  private static String plain(String value) {
    return value.replaceFirst("\\s+#\\s.*$", "").replaceAll("[\\[\\]\"']", "").strip();
  }

  /// Bare numbers in such a list are workers.
  private static String named(String value) {
    return value.replaceAll("(?<![\\w./-])#?(\\d{1,9})(?![\\w.])", WorkerIds.PREFIX + "$1");
  }

  /// What it says of whom this worker waits for, as lines of DEPENDENCIES.
  List<Line> dependencies() {
    var lines = new ArrayList<Line>();
    fields.forEach((key, field) -> {
      var label = key.replace('_', ' ').replace('-', ' ');
      var found = Cue.next(label, 0);
      if (found != null && found.start() == 0) {
        lines.add(new Line(field.line(), label + ": " + named(field.value()), false));
      }
    });
    return lines;
  }
}
