package dev.muster.protocol.view;

import java.util.Map;
import java.util.TreeMap;

/// What agents have spent, together and by the profile of the models that answered.
public record Spend(Sum total, Map<String, Sum> profiles) {
  public static final Spend NONE = new Spend(Sum.NONE, Map.of());

  private static final double MICROS = 1_000_000;

  public Spend {
    profiles = new TreeMap<>(profiles);
  }

  /// @param turns answers of models
  /// @param costDollars of what has a known price
  /// @param unpriced turns that are not in it, for want of a price
  public record Sum(int turns, long tokensIn, long tokensOut, double costDollars, int unpriced) {
    public static final Sum NONE = new Sum(0, 0, 0, 0, 0);

    public static Sum of(ModelUse use) {
      return new Sum(
          use.turns(), use.tokensIn(), use.tokensOut(), use.costMicros() / MICROS, use.unpriced());
    }

    public long tokens() {
      return tokensIn + tokensOut;
    }
  }

  /// @param byProfile what each was asked
  public static Spend of(Map<String, ModelUse> byProfile) {
    var profiles = new TreeMap<String, Sum>();
    var total = ModelUse.NONE;
    for (var entry : byProfile.entrySet()) {
      if (entry.getValue().turns() == 0) continue;
      profiles.put(entry.getKey(), Sum.of(entry.getValue()));
      total = total.and(entry.getValue());
    }
    return new Spend(Sum.of(total), profiles);
  }
}
