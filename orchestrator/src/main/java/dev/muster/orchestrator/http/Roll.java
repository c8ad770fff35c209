package dev.muster.orchestrator.http;

import dev.muster.orchestrator.membership.Registered;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The nodes that the registry knows. It is asked once a second at most, and never waited for long:
/// while the database is away, nodes are listed as they report.
final class Roll {
  private final Supplier<List<Registered>> registry;
  private final DatabasePulse pulse;
  private volatile List<Registered> known = List.of();

  /// @param registry throws when it cannot be read
  /// @param executor on which reading may block
  Roll(Supplier<List<Registered>> registry, Executor executor) {
    this.registry = registry;
    this.pulse = new DatabasePulse(this::read, executor);
  }

  /// Empty while the registry does not answer.
  List<Registered> nodes() {
    return pulse.feel().problem() == null ? known : List.of();
  }

  private long read() {
    known = List.copyOf(registry.get());
    return known.size();
  }
}
