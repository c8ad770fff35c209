package dev.muster.orchestrator.instruction;

import dev.muster.orchestrator.instruction.Document.Section;
import dev.muster.orchestrator.instruction.ParsedInstruction.Field;
import dev.muster.orchestrator.instruction.ParsedInstruction.Fold;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the Markdown of one ten-point file. Every text parses; what is missing is simply not
/// there.
final class InstructionParser {
  private static final Pattern FILE_NAME =
      Pattern.compile("(?i)^worker_(\\d{1,9})(?:[_.-](.*))?\\.md$");
  private static final Pattern HEADING =
      Pattern.compile("(?i)^worker[ _-]?(\\d{1,9})\\b\\s*[:–—-]?\\s*(.*)$");
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");
  private static final int METADATA_MAX = 100;

  private InstructionParser() {}

  /// @param file the path to show in findings; its last segment gives the id
  static ParsedInstruction parse(String file, String text) {
    var document = MarkdownScanner.scan(text);
    var metadata = metadata(document.preamble());
    var name = FILE_NAME.matcher(file.substring(file.lastIndexOf('/') + 1));
    var heading = HEADING.matcher(document.title() == null ? "" : document.title());
    var inName = name.matches() ? "WORKER_" + name.group(1) : null;
    var inHeading = heading.matches() ? "WORKER_" + heading.group(1) : workerId(metadata);
    var title = document.title() == null ? "" : document.title();
    if (heading.matches()) title = heading.group(2);
    title = CONTROLS.matcher(title).replaceAll(" ");
    if (title.isBlank() && inName != null && name.group(2) != null) {
      title = name.group(2).replace('_', ' ');
    }
    return new Sorted(document.sections())
        .parsed(file, inName, inHeading, title.strip(), document.titleLine(), metadata);
  }

  private static Map<String, Field> metadata(Section preamble) {
    var metadata = new LinkedHashMap<String, Field>();
    for (var line : preamble.statements()) {
      var label = Label.bold(line.text());
      if (label == null || metadata.size() == METADATA_MAX) continue;
      metadata.putIfAbsent(label.key(), new Field(label.value(), line.number()));
    }
    return metadata;
  }

  private static @Nullable String workerId(Map<String, Field> metadata) {
    for (var entry : metadata.entrySet()) {
      var id = HEADING.matcher(entry.getValue().value());
      if (entry.getKey().equalsIgnoreCase("Worker ID") && id.matches()) {
        return "WORKER_" + id.group(1);
      }
    }
    return null;
  }

  /// The sections sorted by what their headings say.
  private static final class Sorted {
    private final Map<Point, List<Section>> points = new EnumMap<>(Point.class);
    private final List<Fold> folds = new ArrayList<>();
    private final Map<String, List<Section>> others = new LinkedHashMap<>();

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
    }

    ParsedInstruction parsed(
        String file,
        @Nullable String fileId,
        @Nullable String headingId,
        String title,
        int titleLine,
        Map<String, Field> metadata) {
      var open = folds.stream().map(this::withoutStanding).filter(f -> !f.points().isEmpty());
      return new ParsedInstruction(
          file, fileId, headingId, title, titleLine, metadata, points, open.toList(), others);
    }

    /// A folded point that also has a heading of its own is not missing.
    private Fold withoutStanding(Fold fold) {
      var missing = EnumSet.copyOf(fold.points());
      missing.removeAll(points.keySet());
      return new Fold(fold.section(), missing);
    }
  }
}
