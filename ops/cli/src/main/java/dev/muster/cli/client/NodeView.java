package dev.muster.cli.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node as the cluster sees it. Percentages are 0 to 100.
///
/// @param status `UP`, `SILENT` or `DOWN`
/// @param sandbox which one confines scripts there; null where none run, or none is known
/// @param slots null, as every other figure, when the orchestrator has never had a report
public record NodeView(
    String name,
    @Nullable String address,
    List<String> roles,
    @Nullable String status,
    boolean open,
    List<String> reasons,
    @Nullable Double cpuPercent,
    @Nullable Double cpuOwnPercent,
    @Nullable Double memoryPercent,
    @Nullable Double diskPercent,
    @Nullable Limits limits,
    @Nullable Integer slots,
    @Nullable Integer slotsBusy,
    List<String> labels,
    boolean drained,
    @Nullable Integer workers,
    @Nullable Long attemptsDone,
    @Nullable Instant at,
    @Nullable String sandbox) {
  public NodeView {
    roles = roles == null ? List.of() : List.copyOf(roles);
    labels = labels == null ? List.of() : List.copyOf(labels);
    reasons = reasons == null ? List.of() : List.copyOf(reasons);
  }

  /// Taken of all, `-` when unknown.
  public String slotsInWords() {
    return slots == null || slotsBusy == null ? "-" : slotsBusy + "/" + slots;
  }

  public record Limits(double cpuPercent, double memoryPercent, double diskPercent) {}
}
