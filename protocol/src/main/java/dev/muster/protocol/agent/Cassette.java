package dev.muster.protocol.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model once answered, found by the digest of what it was asked. It holds no question and
/// no key.
///
/// @param label who answered, in words
public record Cassette(String label, List<Exchange> exchanges) {
  public static final int EXCHANGES_MAX = 20_000;
  public static final int BYTES_MAX = 16 << 20;

  public Cassette {
    exchanges = List.copyOf(exchanges);
  }

  /// @param request digest of what was asked, wherever it was asked
  /// @param worker who asked, for people
  /// @param turn which question of its conversation it was, for people
  /// @param finish as the port names it
  public record Exchange(
      String request,
      String worker,
      int turn,
      String model,
      String text,
      List<Call> calls,
      String finish,
      long tokensIn,
      long tokensOut,
      long tokensCached) {
    public Exchange {
      calls = calls == null ? List.of() : List.copyOf(calls);
    }
  }

  /// @param problem why it cannot be carried out; null when it can
  /// @param mark of the provider's protocol; null when there is none
  public record Call(
      String id, String name, String arguments, @Nullable String problem, @Nullable String mark) {}
}
