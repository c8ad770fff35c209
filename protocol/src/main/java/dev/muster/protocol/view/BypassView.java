package dev.muster.protocol.view;

import dev.muster.protocol.approval.Bypasses;
import java.time.Instant;
import java.util.List;

/// A kind of operation that is let pass for a while.
public record BypassView(String kind, Instant until, String by, String reason, Instant at) {
  /// All of a run.
  public record All(String run, List<BypassView> items) {
    public All {
      items = List.copyOf(items);
    }

    public static All of(String run, Bypasses bypasses) {
      return new All(run, bypasses.items().stream().map(BypassView::of).toList());
    }
  }

  private static BypassView of(Bypasses.Bypass it) {
    return new BypassView(it.kind(), it.until(), it.by().name(), it.reason(), it.at());
  }
}
