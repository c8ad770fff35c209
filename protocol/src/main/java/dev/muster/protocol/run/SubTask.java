package dev.muster.protocol.run;

import dev.muster.protocol.worker.Artifact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a worker wants a sub-worker to do, as a model wrote it. Material: the runtime makes an
/// instruction of it, and what that may do is not among these words.
///
/// @param role null for the one of its parent
/// @param deliverables paths that it has to make
/// @param cannot more that it must not do
/// @param tests scripts, each of which must pass
/// @param inputs files that it is given, beside those of its parent
public record SubTask(
    String title,
    @Nullable String role,
    String mission,
    List<String> deliverables,
    List<String> criteria,
    List<String> cannot,
    List<String> tests,
    List<Artifact> inputs) {
  public SubTask {
    deliverables = List.copyOf(deliverables);
    criteria = criteria == null ? List.of() : List.copyOf(criteria);
    cannot = cannot == null ? List.of() : List.copyOf(cannot);
    tests = List.copyOf(tests);
    inputs = inputs == null ? List.of() : List.copyOf(inputs);
  }
}
