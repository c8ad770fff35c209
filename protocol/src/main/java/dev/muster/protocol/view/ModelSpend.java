package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.agent.Cassette;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one model was asked, as people see it.
///
/// @param model `provider/model`
/// @param unpriced turns that are not in `costDollars`, for want of a price
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ModelSpend(
    String model, int turns, long tokensIn, long tokensOut, double costDollars, int unpriced) {
  private static final double MICROS = 1_000_000;

  public static List<ModelSpend> of(Map<String, ModelUse> byModel) {
    return byModel.entrySet().stream().map(it -> of(it.getKey(), it.getValue())).toList();
  }

  private static ModelSpend of(String model, ModelUse use) {
    return new ModelSpend(
        model,
        use.turns(),
        use.tokensIn(),
        use.tokensOut(),
        use.costMicros() / MICROS,
        use.unpriced());
  }

  /// Of many together.
  public static Map<String, ModelUse> sum(Collection<Map<String, ModelUse>> all) {
    var sum = new TreeMap<String, ModelUse>();
    for (var byModel : all) byModel.forEach((model, use) -> sum.merge(model, use, ModelUse::and));
    return sum;
  }

  /// Whether a tape answered in place of it.
  public boolean replayed() {
    return model.startsWith(Cassette.PROVIDER + "/");
  }
}
