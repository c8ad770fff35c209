package dev.muster.orchestrator.engine.instruction;

import dev.muster.protocol.instruction.TaskType;
import dev.muster.protocol.instruction.WorkerInstruction;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One instruction file with everything that was read out of it, and what is wrong with it as far
/// as that shows without looking at its siblings.
///
/// @param file the path as the caller would write it
/// @param id null when neither the name nor the heading gives one
/// @param placement what decides its wave
/// @param scores every point that has a heading of its own, with 0 to 10 for its content
/// @param dependencies what it waits for, as written
/// @param services what else must be there, in the file's own words
/// @param loose lines of DEPENDENCIES that name no worker
/// @param tests how many scripts TEST_PROCESS holds
/// @param compiled null when the file is unusable
/// @param timeLimit of one attempt; null when the file cannot be read
public record Instruction(
    String file,
    @Nullable String id,
    String title,
    Placement placement,
    Map<Point, Integer> scores,
    List<Reference> dependencies,
    List<String> services,
    List<LooseEnds.Loose> loose,
    Deliverables deliverables,
    int tests,
    @Nullable TaskType type,
    List<Finding> findings,
    @Nullable WorkerInstruction compiled,
    @Nullable TimeLimit timeLimit) {
  /// Of a file; a larger one is not read.
  public static final int BYTES_MAX = 1 << 20;

  public Instruction {
    var copy = new EnumMap<Point, Integer>(Point.class);
    copy.putAll(scores);
    scores = Collections.unmodifiableMap(copy);
    dependencies = List.copyOf(dependencies);
    services = List.copyOf(services);
    loose = List.copyOf(loose);
    findings = List.copyOf(findings);
  }

  /// @param priority the explicit one, 1 to 5; null when the file gives none
  public record Placement(@Nullable Phase phase, @Nullable Integer priority, List<String> tags) {
    static final Placement NONE = new Placement(null, null, List.of());

    public Placement {
      tags = List.copyOf(tags);
    }

    /// The wave by the format's own rule: the explicit priority, else phase 0 and 1 in wave 1, 2 in
    /// 2 … 5 and above in 5. Without both: wave 1.
    public int wave() {
      if (priority != null) return priority;
      return phase == null ? 1 : Math.clamp(phase.major(), 1, 5);
    }
  }

  /// A file nothing can be read out of.
  static Instruction unusable(String file, @Nullable String id, Finding finding) {
    return seen(file, id).with(List.of(finding));
  }

  /// A file that nobody has looked into.
  static Instruction seen(String file, @Nullable String id) {
    return new Instruction(
        file,
        id,
        "",
        Placement.NONE,
        new EnumMap<>(Point.class),
        List.of(),
        List.of(),
        List.of(),
        new Deliverables(List.of(), null),
        0,
        null,
        List.of(),
        null,
        null);
  }

  /// With findings that show only beside other files.
  Instruction with(List<Finding> more) {
    return new Instruction(
        file,
        id,
        title,
        placement,
        scores,
        dependencies,
        services,
        loose,
        deliverables,
        tests,
        type,
        Stream.concat(findings.stream(), more.stream()).toList(),
        compiled,
        timeLimit);
  }

  /// 0 to 100: ten points, ten each.
  public int score() {
    return scores.values().stream().mapToInt(Integer::intValue).sum();
  }
}
