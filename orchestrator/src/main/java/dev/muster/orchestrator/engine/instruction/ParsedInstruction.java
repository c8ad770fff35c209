package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Line;
import dev.muster.orchestrator.engine.instruction.Document.Section;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An instruction file as it stands: named parts with their lines, nothing judged yet.
///
/// @param file the path as the caller would write it
/// @param fileId the id in the file's name; null when it holds none
/// @param headingId the id that the heading or the `Worker ID` line gives; null when neither does
/// @param metadata the fields under the heading, keys as written, with what stands nearly there
/// @param front the fields of front matter, keys in lower case
/// @param dependencyLines what stands outside the point and says whom this worker waits for
/// @param misspelt names that are nearly known ones
/// @param repeated fields that stand once more
/// @param unclosedComment the line where a comment begins that never ends; 0 when there is none
/// @param outerFence the line of the fence that the whole file stood in; 0 when there is none
/// @param points every point that has a heading of its own, with all sections of that name
/// @param folds headings that stand for several points at once
/// @param others all other sections by name
record ParsedInstruction(
    String file,
    @Nullable String fileId,
    @Nullable String headingId,
    String title,
    int titleLine,
    Map<String, Field> metadata,
    Map<String, Field> front,
    List<List<Line>> dependencyLines,
    List<Metadata.Misspelt> misspelt,
    List<Metadata.Repeated> repeated,
    int unclosedComment,
    int outerFence,
    Map<Point, List<Section>> points,
    List<Fold> folds,
    Map<String, List<Section>> others) {
  private static final String EXECUTION = "EXECUTION";

  ParsedInstruction {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    var copy = new EnumMap<Point, List<Section>>(Point.class);
    copy.putAll(points);
    points = Collections.unmodifiableMap(copy);
    front = Map.copyOf(front);
    dependencyLines = List.copyOf(dependencyLines);
    misspelt = List.copyOf(misspelt);
    repeated = List.copyOf(repeated);
    folds = List.copyOf(folds);
    others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
  }

  /// The last segment of the path.
  String fileName() {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  List<Section> execution() {
    return others.getOrDefault(EXECUTION, List.of());
  }

  record Field(String value, int line) {}

  /// @param points those that have no heading of their own elsewhere
  record Fold(Section section, Set<Point> points) {
    Fold {
      points = Set.copyOf(points);
    }
  }

  /// The metadata field of that name in any case; null when there is none.
  @Nullable Field field(String name) {
    return Metadata.field(metadata, name);
  }

  /// The field of front matter of that name; null when there is none.
  @Nullable Field front(String name) {
    return front.get(name);
  }

  List<Section> sections(Point point) {
    return points.getOrDefault(point, List.of());
  }

  /// The same with its line.
  @Nullable Field labelField(Point point, String name) {
    for (var section : sections(point)) {
      for (Line line : section.statements()) {
        var label = Label.of(line.text());
        if (label != null && label.is(name)) return new Field(label.value(), line.number());
      }
    }
    return null;
  }

  /// The labelled value inside a point, such as `Time estimate` in RETROSPECTIVE.
  @Nullable Label label(Point point, String name) {
    return label(sections(point), name);
  }

  static @Nullable Label label(List<Section> sections, String name) {
    for (var section : sections) {
      for (Line line : section.statements()) {
        var label = Label.of(line.text());
        if (label != null && label.is(name)) return label;
      }
    }
    return null;
  }
}
