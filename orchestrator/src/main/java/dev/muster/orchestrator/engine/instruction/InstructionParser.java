package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Line;
import dev.muster.orchestrator.engine.instruction.Document.Section;
import dev.muster.orchestrator.engine.instruction.ParsedInstruction.Field;
import dev.muster.orchestrator.engine.instruction.ParsedInstruction.Fold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the Markdown of one ten-point file. Every text parses; what is missing is simply not
/// there.
final class InstructionParser {
  private static final Pattern FILE_NAME =
      Pattern.compile("(?is)^worker_(\\d{1,9})(?:[_.-](.*))?\\.md$");
  private static final Pattern HEADING =
      Pattern.compile("(?i)^worker[ _-]?(\\d{1,9})\\b\\s*[:–—-]?\\s*(.*)$");
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");

  private static final String EXECUTION = "EXECUTION";
  private static final List<String> NAMES =
      Stream.concat(Arrays.stream(Point.values()).map(Point::name), Stream.of(EXECUTION)).toList();

  private InstructionParser() {}

  /// @param file the path to show in findings; its last segment gives the id
  static ParsedInstruction parse(String file, String text) {
    var document = MarkdownScanner.scan(text);
    var read = Metadata.of(document);
    var metadata = read.fields();
    var name = FILE_NAME.matcher(file.substring(file.lastIndexOf('/') + 1));
    var heading = HEADING.matcher(document.title() == null ? "" : document.title());
    var inName = name.matches() ? "WORKER_" + name.group(1) : null;
    var front = document.front().fields();
    var inHeading = heading.matches() ? "WORKER_" + heading.group(1) : workerId(metadata, front);
    var title = document.title() == null ? text(front.get("title")) : document.title();
    if (heading.matches()) title = heading.group(2);
    title = CONTROLS.matcher(title).replaceAll(" ");
    if (title.isBlank() && inName != null && name.group(2) != null) {
      title = name.group(2).replace('_', ' ');
    }
    var sorted = new Sorted(document.sections());
    var misspelt = new ArrayList<>(read.misspelt());
    misspelt.addAll(sorted.misspelt);
    var dependencies = new ArrayList<>(read.dependencies());
    var lines = new HashSet<Integer>();
    dependencies.forEach(all -> all.forEach(it -> lines.add(it.number())));
    misspelt.addAll(sorted.stray(document, lines));
    var end = Metadata.atTheEnd(document);
    var priority = Metadata.field(end.fields(), "Priority");
    var repeated = new ArrayList<>(read.repeated());
    if (priority != null) {
      var stated = Metadata.field(metadata, "Priority");
      if (stated != null) repeated.add(new Metadata.Repeated("Priority", stated, priority));
      else if (!sorted.isPlaced(front)) metadata.put("Priority", priority);
    }
    var has = !dependencies.isEmpty() || sorted.points.containsKey(Point.DEPENDENCIES);
    sorted.openFolds().stream()
        .filter(fold -> fold.points().contains(Point.DEPENDENCIES))
        .forEach(fold -> dependencies.add(aside(fold.section().lines())));
    end.dependencies().forEach(all -> dependencies.add(has ? aside(all) : all));
    return new ParsedInstruction(
        file,
        inName,
        inHeading,
        title.strip(),
        document.titleLine(),
        metadata,
        front,
        dependencies,
        misspelt,
        repeated,
        document.unclosedComment(),
        document.outerFence(),
        sorted.points,
        sorted.openFolds(),
        sorted.others);
  }

  /// Beside others, what the end of a file says of dependencies is only a mention.
  private static List<Line> aside(List<Line> lines) {
    return lines.stream().map(it -> new Line(it.number(), it.text(), true)).toList();
  }

  /// The worker that a heading names; null when it names none.
  static @Nullable String headingId(String heading) {
    var match = HEADING.matcher(heading);
    return match.matches() ? "WORKER_" + match.group(1) : null;
  }

  private static String text(@Nullable Field field) {
    return field == null ? "" : field.value();
  }

  private static @Nullable String workerId(Map<String, Field> metadata, Map<String, Field> front) {
    for (var entry : metadata.entrySet()) {
      var id = HEADING.matcher(entry.getValue().value());
      if (entry.getKey().equalsIgnoreCase("Worker ID") && id.matches()) {
        return "WORKER_" + id.group(1);
      }
    }
    var id = HEADING.matcher(text(front.get("id")));
    return id.matches() ? "WORKER_" + id.group(1) : null;
  }

  /// The sections sorted by what their headings say.
  private static final class Sorted {
    private final Map<Point, List<Section>> points = new EnumMap<>(Point.class);
    private final List<Fold> folds = new ArrayList<>();
    private final Map<String, List<Section>> others = new LinkedHashMap<>();
    private final List<Metadata.Misspelt> misspelt = new ArrayList<>();

    Sorted(List<Section> sections) {
      for (var section : sections) {
        var name = SectionName.of(section.heading());
        if (!name.folded().isEmpty()) {
          folds.add(new Fold(section, name.folded()));
        }
        if (name.point() != null) {
          points.computeIfAbsent(name.point(), _ -> new ArrayList<>()).add(section);
        } else if (name.folded().isEmpty()) {
          others.computeIfAbsent(name.name(), _ -> new ArrayList<>()).add(section);
        }
      }
      for (var name : List.copyOf(others.keySet())) near(name);
    }

    /// A heading that is nearly a point's is read as that point, where it has no other. EXECUTION
    /// is never guessed: what it holds is carried out.
    private void near(String name) {
      var word = Translated.heading(name);
      var meant = word != null ? word : Spelling.meant(name, NAMES);
      var section = others.getOrDefault(name, List.of());
      if (meant == null || section.isEmpty() || Cue.ofLabel(name) == Cue.REVERSED) return;
      var point = meant.equals(EXECUTION) ? null : Point.valueOf(meant);
      var read = point != null && !points.containsKey(point);
      if (point != null && read) {
        points.put(point, new ArrayList<>(section));
        others.remove(name);
      }
      misspelt.add(new Metadata.Misspelt(section.getFirst().line(), name, meant, read));
    }

    /// Whether anything else than the fields says the priority.
    boolean isPlaced(Map<String, Field> front) {
      var sections = points.getOrDefault(Point.PERFORMANCE_REQUIREMENTS, List.of());
      return front.containsKey("priority") || ParsedInstruction.label(sections, "Priority") != null;
    }

    List<Metadata.Misspelt> stray(Document document, Set<Integer> read) {
      var missing = new HashSet<>(NAMES);
      points.keySet().forEach(it -> missing.remove(it.name()));
      folds.forEach(fold -> fold.points().forEach(it -> missing.remove(it.name())));
      missing.removeAll(others.keySet());
      var all = new ArrayList<>(List.of(document.preamble()));
      all.addAll(document.sections());
      return StrayHeadings.in(all, missing, read);
    }

    List<Fold> openFolds() {
      return folds.stream().map(this::withoutStanding).filter(f -> !f.points().isEmpty()).toList();
    }

    /// A folded point that also has a heading of its own is not missing.
    private Fold withoutStanding(Fold fold) {
      var missing = EnumSet.copyOf(fold.points());
      missing.removeAll(points.keySet());
      return new Fold(fold.section(), missing);
    }
  }
}
