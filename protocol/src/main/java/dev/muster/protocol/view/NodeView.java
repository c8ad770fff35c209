package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.headroom.HeadroomLimits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node as it last reported, or as only the registry knows it: what it then has left is unknown,
/// and null.
///
/// @param status `UP`, `SILENT` for a node that has not reported lately, or `DOWN` when the
///   registry has no sign of life of it either
/// @param workers attempts that run on it or wait for a slot there
/// @param attemptsDone attempts that ended on it since its process began
/// @param at when it reported
/// @param sandbox which one confines scripts there; null where none run, or none is known
@JsonInclude(JsonInclude.Include.ALWAYS)
public record NodeView(
    String name,
    String address,
    List<String> roles,
    String status,
    boolean open,
    List<String> reasons,
    @Nullable Double cpuPercent,
    @Nullable Double cpuOwnPercent,
    @Nullable Double memoryPercent,
    @Nullable Double diskPercent,
    @Nullable HeadroomLimits limits,
    @Nullable Integer slots,
    @Nullable Integer slotsBusy,
    List<String> labels,
    boolean drained,
    @Nullable Integer workers,
    @Nullable Long attemptsDone,
    @Nullable Instant at,
    @Nullable String sandbox) {
  public NodeView {
    roles = List.copyOf(roles);
    reasons = List.copyOf(reasons);
    labels = List.copyOf(labels);
  }

  /// Taken of all, `-` when unknown.
  public String slotsInWords() {
    return slots == null || slotsBusy == null ? "-" : slotsBusy + "/" + slots;
  }
}
