package dev.muster.orchestrator.readside.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.run.Retrospective;
import dev.muster.protocol.view.Seconds;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a worker left behind for the next one.
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RetrospectiveView(
    String worker,
    String title,
    WorkerPhase outcome,
    int attempts,
    int interruptions,
    @Nullable Double estimateSeconds,
    @Nullable Double actualSeconds,
    List<String> failures,
    List<String> lessons) {
  public RetrospectiveView {
    failures = List.copyOf(failures);
    lessons = List.copyOf(lessons);
  }

  public static RetrospectiveView of(Retrospective retrospective) {
    return new RetrospectiveView(
        retrospective.worker(),
        retrospective.title(),
        retrospective.outcome(),
        retrospective.attempts(),
        retrospective.interruptions(),
        Seconds.ofNullable(retrospective.estimate()),
        Seconds.ofNullable(retrospective.actual()),
        retrospective.failures(),
        retrospective.lessons());
  }
}
