package dev.muster.protocol.agent;

import dev.muster.protocol.text.SecretForms;
import java.util.List;

/// What a model once answered, found by the digest of what it was asked. It holds no question and
/// no key.
///
/// @param label who answered, in words
public record Cassette(String label, List<Exchange> exchanges) {
  /// What the provider is called that a tape is, wherever an answer of it is shown.
  public static final String PROVIDER = "REPLAYED";

  public static final int EXCHANGES_MAX = 20_000;
  public static final int BYTES_MAX = 16 << 20;

  public Cassette {
    exchanges = List.copyOf(exchanges);
  }

  /// @param request digest of what was asked, wherever it was asked
  /// @param worker who asked, for people
  /// @param turn which question of its conversation it was, for people
  /// @param cut it had more to say than it was allowed
  public record Exchange(
      String request,
      String worker,
      int turn,
      String model,
      String text,
      List<Entry.Call> calls,
      boolean cut,
      long tokensIn,
      long tokensOut,
      long tokensCached) {
    public Exchange {
      calls = calls == null ? List.of() : List.copyOf(calls);
      text = text == null ? "" : text;
    }

    /// The same, without what must not be shown.
    public Exchange without(SecretForms secrets) {
      return new Exchange(
          request,
          worker,
          turn,
          secrets.without(model),
          secrets.without(text),
          calls.stream().map(it -> it.without(secrets)).toList(),
          cut,
          tokensIn,
          tokensOut,
          tokensCached);
    }
  }
}
