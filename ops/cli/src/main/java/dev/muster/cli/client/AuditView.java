package dev.muster.cli.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One entry of the audit log.
public record AuditView(long seq, Entry entry, String hash) {
  /// @param times how often, where many like it are told together
  public record Entry(
      @Nullable Instant at,
      @Nullable String kind,
      @Nullable String who,
      @Nullable String peer,
      @Nullable String action,
      @Nullable String outcome,
      @Nullable String detail,
      long times) {}
}
