package dev.muster.protocol.headroom;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.CborSerializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one node did lately, as this orchestrator has heard since it began.
///
/// @param everySeconds how much time one point stands for
/// @param points oldest first; where nothing was heard there is none
/// @param pauses when no node took work at all, oldest first
public record HeadroomTrend(String node, int everySeconds, List<Point> points, List<Pause> pauses)
    implements CborSerializable {
  public HeadroomTrend {
    points = List.copyOf(points);
    pauses = List.copyOf(pauses);
  }

  /// The most that was used within that time.
  ///
  /// @param slots how many attempts it carries out at once
  /// @param open whether the node took work all the time
  /// @param reason why it did not, in words with numbers; null where it did
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Point(
      Instant at,
      double cpuPercent,
      double memoryPercent,
      double diskPercent,
      int slotsBusy,
      int slots,
      boolean open,
      @Nullable String reason) {}

  /// @param until null while it lasts
  /// @param reasons of the nodes, as they were when it began
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Pause(Instant since, @Nullable Instant until, List<String> reasons) {
    public Pause {
      reasons = List.copyOf(reasons);
    }
  }
}
