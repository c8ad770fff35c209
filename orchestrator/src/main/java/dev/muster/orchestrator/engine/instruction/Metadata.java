package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Line;
import dev.muster.orchestrator.engine.instruction.ParsedInstruction.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The fields under the heading: `**Key:** value`, for known keys also `Key: value`, a row of a
/// table, and several in one line.
final class Metadata {
  private static final int FIELDS_MAX = 100;

  /// What this program reads, and what the format names besides.
  static final List<String> KNOWN =
      List.of(
          "Priority",
          "Phase",
          "Duration",
          "Estimated Time",
          "Time estimate",
          "Estimate",
          "Worker ID",
          "Dependencies",
          "Tags",
          "Labels",
          "Environment",
          "LLM Provider",
          "Role");

  private static final Set<String> SECTIONS =
      Set.of("METADATA", "META_DATA", "META", "TASK_METADATA", "WORKER_METADATA", "METADATEN");

  private static final Set<String> ALSO_KNOWN = Set.of("date", "status", "title", "id", "time");
  private static final Pattern NEXT_FIELD =
      Pattern.compile(
          "\\s*[|·•;,]?\\s+(?=(?:\\*\\*|__)[^*:|]{1,40}(?::(?:\\*\\*|__)|(?:\\*\\*|__)\\s*:))");
  private static final Pattern PLAIN =
      Pattern.compile("^([\\p{L}][\\p{L} _-]{1,40}?)\\s*[:=]\\s*(.*)$");

  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final List<Misspelt> misspelt = new ArrayList<>();
  private final List<Repeated> repeated = new ArrayList<>();

  private Metadata() {}

  /// A name that is nearly a known one, and is read as that.
  ///
  /// @param read whether it was; not when the right one stands there, too
  record Misspelt(int line, String written, String meant, boolean read) {}

  /// A field that stands once more.
  record Repeated(String key, Field first, Field again) {}

  record Read(
      Map<String, Field> fields,
      List<Misspelt> misspelt,
      List<Repeated> repeated,
      List<List<Line>> dependencies) {}

  static Read of(Document document) {
    var metadata = new Metadata();
    var lines = lines(document);
    lines.stream().filter(line -> !line.text().isBlank()).forEach(metadata::line);
    var near = new LinkedHashMap<>(metadata.fields);
    near.forEach(metadata::near);
    var dependencies = new ArrayList<List<Line>>();
    metadata.dependencies(lines, dependencies);
    var front = document.front().dependencies();
    if (!front.isEmpty()) dependencies.add(front);
    return new Read(
        metadata.fields, List.copyOf(metadata.misspelt), metadata.repeated, dependencies);
  }

  /// Some give them a section of their own.
  private static List<Line> lines(Document document) {
    var own =
        document.sections().stream()
            .filter(section -> SECTIONS.contains(SectionName.of(section.heading()).name()))
            .flatMap(section -> section.lines().stream());
    return defined(Stream.concat(document.preamble().lines().stream(), own).toList());
  }

  /// `Priority` with `: 4` below it is `Priority: 4`.
  private static List<Line> defined(List<Line> lines) {
    var joined = new ArrayList<Line>();
    for (var line : lines) {
      var term = joined.isEmpty() ? "" : joined.getLast().text().strip();
      if (line.text().matches(" {0,3}:\\s+\\S.*") && !term.isEmpty() && !term.contains(":")) {
        var above = joined.removeLast();
        joined.add(new Line(above.number(), term + line.text().strip(), above.trailer()));
      } else {
        joined.add(line);
      }
    }
    return joined;
  }

  /// Priority, and whom the worker waits for, where they stand at the end of the file.
  static Read atTheEnd(Document document) {
    var metadata = new Metadata();
    var lines = defined(Footer.of(document));
    lines.forEach(metadata::line);
    var dependencies = new ArrayList<List<Line>>();
    metadata.dependencies(lines, dependencies);
    return new Read(metadata.fields, List.of(), metadata.repeated, dependencies);
  }

  private void line(Line line) {
    var text = ItemText.orPlain(line.text()).replaceFirst("^>[> ]*", "").strip();
    if (line.text().strip().startsWith("|")) {
      row(line);
      return;
    }
    for (var part : NEXT_FIELD.split(text, -1)) {
      var label = Label.bold(part);
      if (label != null) {
        put(label.key(), label.value(), line.number());
      } else {
        plain(part, line.number());
      }
    }
  }

  private void plain(String part, int line) {
    var match = PLAIN.matcher(PlainText.of(part));
    if (!match.matches()) return;
    var key = match.group(1).strip();
    var known =
        KNOWN.stream().anyMatch(key::equalsIgnoreCase)
            || meant(key) != null
            || isAwaited(key, new Field(match.group(2), line));
    if (known) put(key, match.group(2), line);
  }

  private void row(Line line) {
    var cells = DependencyTable.cells(line.text().strip());
    for (var at = 0; at + 1 < cells.size(); at++) {
      var key = cells.get(at).replaceFirst("^\\d{1,2}[.)]\\s+", "").replaceFirst(":$", "");
      if (KNOWN.stream().anyMatch(key::equalsIgnoreCase))
        put(key, cells.get(at + 1), line.number());
    }
  }

  private void put(String key, String value, int line) {
    var field = new Field(value, line);
    var first = field(fields, key);
    if (first == null) {
      if (fields.size() < FIELDS_MAX) fields.put(key, field);
    } else if (repeated.size() < FIELDS_MAX) {
      repeated.add(new Repeated(key, first, field));
    }
  }

  private static @Nullable String meant(String key) {
    var word = Translated.field(key);
    if (word != null) return word;
    if (key.length() < 5 || ALSO_KNOWN.contains(key.toLowerCase(Locale.ROOT))) return null;
    return Spelling.meant(key, KNOWN);
  }

  private void near(String key, Field field) {
    var meant = meant(key);
    if (meant == null) return;
    var stands = fields.keySet().stream().anyMatch(meant::equalsIgnoreCase);
    if (!stands) fields.put(meant, field);
    misspelt.add(new Misspelt(field.line(), key, meant, !stands));
  }

  /// The lines of the preamble that say whom this worker waits for: a field that says so, with the
  /// list below it when nothing stands beside it.
  private void dependencies(List<Line> preamble, List<List<Line>> all) {
    fields.forEach((key, field) -> awaited(preamble, key, field, all));
    repeated.forEach(it -> awaited(preamble, it.key(), it.again(), all));
  }

  private static void awaited(List<Line> preamble, String key, Field field, List<List<Line>> all) {
    if (!isAwaited(key, field)) return;
    var lines = new ArrayList<>(List.of(new Line(field.line(), key + ": " + field.value(), false)));
    if (field.value().isBlank()) below(preamble, field.line()).forEach(lines::add);
    all.add(lines);
  }

  private static boolean isAwaited(String key, Field field) {
    if (key.equalsIgnoreCase("Dependencies")) return true;
    var found = Cue.next(key, 0);
    if (found == null || found.start() > 0 || found.cue() != Cue.AWAITED) return false;
    var value = PlainText.of(field.value());
    return value.isEmpty()
        || WorkerNames.in(value)
        || new PhaseNames(value).next(0) >= 0
        || value.matches("[#\\d\\s,;&+-]*\\d{3}[#\\d\\s,;&+-]*");
  }

  private static Stream<Line> below(List<Line> preamble, int above) {
    return preamble.stream()
        .filter(line -> line.number() > above)
        .map(line -> new Line(line.number(), line.text(), false))
        .dropWhile(line -> line.text().isBlank())
        .takeWhile(line ->
            ItemText.of(line.text()) != null && Label.bold(ItemText.orPlain(line.text())) == null);
  }

  static @Nullable Field field(Map<String, Field> fields, String name) {
    for (var entry : fields.entrySet()) {
      if (entry.getKey().equalsIgnoreCase(name)) return entry.getValue();
    }
    return null;
  }
}
