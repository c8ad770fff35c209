package dev.muster.node.models.pool;

import dev.muster.protocol.CborSerializable;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Gives calls their turn. There is one for all nodes of a cluster, so that a limit is the limit
/// whoever calls.
public interface Desk {
  /// Fails when there is no answer in time.
  CompletionStage<Grant> reserve(Wish wish);

  /// Nobody waits for it; of a call whose end gets lost, the desk forgets the beginning in time.
  void settle(String provider, long permit, Outcome outcome);

  /// Fails when there is no answer in time.
  CompletionStage<Report> report();

  /// @param since when it began to count
  /// @param endpoints counted as providers are
  record Report(Instant since, List<ProviderReport> providers, List<ProviderReport> endpoints)
      implements CborSerializable {
    public Report {
      providers = List.copyOf(providers);
      endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
    }

    static Report of(Instant since, PoolState pool, Instant now) {
      return new Report(
          since,
          ProviderReport.of(pool.providers(), now),
          ProviderReport.of(pool.endpoints(), now));
    }
  }
}
