package dev.muster.orchestrator.engine.instruction;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.instruction.TaskType;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What lint says about one file.
///
/// @param phase such as `1.2`; null when the file names none
/// @param priority the wave by the format's own rule; null when the file cannot be read
/// @param points true when the heading stands, however thin its content
/// @param missing points without a heading of their own
/// @param dependencies the workers named, ranges written out
/// @param phases the phases it waits for, such as `phase 1-2`
/// @param deliverables all paths, the results file last
/// @param tests how many test scripts there are
/// @param timeLimit of one attempt; null when the file cannot be read
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FileReport(
    String file,
    @Nullable String id,
    String title,
    @Nullable String phase,
    @Nullable Integer priority,
    Map<Point, Boolean> points,
    List<Point> missing,
    List<String> dependencies,
    List<String> phases,
    List<String> deliverables,
    int tests,
    @Nullable TaskType type,
    int score,
    @Nullable Limit timeLimit,
    @JsonIgnoreProperties("file") List<Finding> findings) {
  private static final int RANGE_MAX = 1_000;

  /// @param from where it comes from, in words
  public record Limit(double seconds, TimeLimit.Source source, String from) {
    static @Nullable Limit of(Instruction instruction) {
      var limit = instruction.timeLimit();
      return limit == null
          ? null
          : new Limit(
              limit.limit().toMillis() / 1000.0, limit.source(), limit.from(instruction.file()));
    }
  }

  public FileReport {
    points = Collections.unmodifiableMap(points);
    missing = List.copyOf(missing);
    dependencies = List.copyOf(dependencies);
    phases = List.copyOf(phases);
    deliverables = List.copyOf(deliverables);
    findings = List.copyOf(findings);
  }

  static FileReport of(Instruction instruction, List<Finding> findings) {
    var points = new EnumMap<Point, Boolean>(Point.class);
    for (var point : Point.values()) points.put(point, instruction.scores().containsKey(point));
    var phase = instruction.placement().phase();
    var readable = findings.stream().noneMatch(finding -> finding.code().hidesContent());
    return new FileReport(
        instruction.file(),
        instruction.id(),
        instruction.title(),
        phase == null ? null : phase.number(),
        readable ? instruction.placement().wave() : null,
        points,
        missing(instruction),
        instruction.dependencies().stream().flatMap(FileReport::workers).distinct().toList(),
        instruction.dependencies().stream()
            .filter(Reference.Phases.class::isInstance)
            .map(Reference::text)
            .toList(),
        instruction.deliverables().all().stream().map(Deliverables.Path::path).toList(),
        instruction.tests(),
        instruction.type(),
        instruction.score(),
        Limit.of(instruction),
        findings);
  }

  static List<Point> missing(Instruction instruction) {
    return Arrays.stream(Point.values())
        .filter(point -> !instruction.scores().containsKey(point))
        .toList();
  }

  /// A very long range stays a range.
  private static Stream<String> workers(Reference reference) {
    return switch (reference) {
      case Reference.Worker(_, var id) -> Stream.of(id);
      case Reference.Range range when range.size() <= RANGE_MAX ->
          IntStream.rangeClosed(range.from(), range.to()).mapToObj(range::id);
      case Reference.Range range -> Stream.of(range.text());
      case Reference.Phases _ -> Stream.empty();
    };
  }
}
