package dev.muster.protocol.run;

import dev.muster.protocol.worker.WorkerPhase;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a worker leaves behind for the next one.
///
/// @param estimate from the instruction; null when it gave none
/// @param actual from the first attempt's start to settlement, without waiting for decisions; null
///   when it never started
/// @param failures why tries failed, oldest first
/// @param lessons what the next worker should know, one sentence each
public record Retrospective(
    String worker,
    String title,
    WorkerPhase outcome,
    int attempts,
    int interruptions,
    @Nullable Duration estimate,
    @Nullable Duration actual,
    List<String> failures,
    List<String> lessons) {
  public Retrospective {
    failures = List.copyOf(failures);
    lessons = List.copyOf(lessons);
  }
}
