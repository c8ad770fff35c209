package dev.muster.orchestrator.usecase;

import dev.muster.protocol.run.RunPlan.Planned;
import java.util.List;

/// Which files of a run's folder are not what the run took.
///
/// @param refused why some of them cannot take the place of what the run has
public record TextChanges(List<Changed> changed, List<Refused> refused) {
  static final TextChanges NONE = new TextChanges(List.of(), List.of());

  public TextChanges {
    changed = List.copyOf(changed);
    refused = List.copyOf(refused);
  }

  /// @param file its name, in the folder
  /// @param text the worker in its old place, with its new text
  public record Changed(Planned text, String file) {}

  public record Refused(String worker, String why) {}

  /// Of all workers, or of those named.
  public List<String> refusals(List<String> workers) {
    return refused.stream()
        .filter(it -> workers.isEmpty() || workers.contains(it.worker()))
        .map(Refused::why)
        .toList();
  }

  List<Planned> texts() {
    return changed.stream().map(Changed::text).toList();
  }
}
