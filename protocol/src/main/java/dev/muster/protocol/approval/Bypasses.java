package dev.muster.protocol.approval;

import dev.muster.protocol.CborSerializable;
import java.time.Instant;
import java.util.List;

/// The kinds of operations that a gate lets pass for a while, in the order of their names.
public record Bypasses(List<Bypass> items) implements CborSerializable {
  public Bypasses {
    items = List.copyOf(items);
  }

  /// @param kind of operation
  /// @param by who lets it pass
  public record Bypass(String kind, Instant until, People.Caller by, String reason, Instant at)
      implements CborSerializable {}
}
