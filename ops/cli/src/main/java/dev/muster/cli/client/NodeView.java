package dev.muster.cli.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node as the cluster sees it. Percentages are 0 to 100.
public record NodeView(
    String name,
    @Nullable String address,
    List<String> roles,
    @Nullable String status,
    boolean open,
    List<String> reasons,
    double cpuPercent,
    double cpuOwnPercent,
    double memoryPercent,
    double diskPercent,
    @Nullable Limits limits,
    int slots,
    int slotsBusy,
    List<String> labels,
    boolean drained,
    int workers,
    long attemptsDone,
    @Nullable Instant at) {
  public NodeView {
    roles = roles == null ? List.of() : List.copyOf(roles);
    labels = labels == null ? List.of() : List.copyOf(labels);
    reasons = reasons == null ? List.of() : List.copyOf(reasons);
  }

  public record Limits(double cpuPercent, double memoryPercent, double diskPercent) {}
}
