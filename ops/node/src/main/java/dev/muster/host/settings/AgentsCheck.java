package dev.muster.host.settings;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.agent.Allowance;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What agents may use, from the texts that were found. An empty text is no limit.
record AgentsCheck(SettingTexts texts) {
  private static final int COUNT_MAX = 100_000;
  private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal DOLLARS_MAX = BigDecimal.valueOf(1_000_000);

  private enum AtLimit {
    FAIL,
    ASK
  }

  private enum Waiting {
    ON,
    OFF
  }

  Settings.Agents agents() {
    var limits =
        new AgentLimits(
            texts.integer(Setting.AGENTS_TURNS_MAX, 1, COUNT_MAX),
            count(Setting.AGENTS_TOKENS_MAX),
            costMicros(Setting.AGENTS_COST_MAX),
            time(Setting.AGENTS_TIME_MAX),
            texts.integer(Setting.AGENTS_REPAIRS_MAX, 0, 100),
            isOn(Setting.AGENTS_WAITING),
            texts.choice(Setting.AGENTS_AT_LIMIT, AtLimit.class) == AtLimit.ASK);
    return new Settings.Agents(
        limits,
        new Allowance(
            count(Setting.AGENTS_WAVE_TURNS_MAX),
            count(Setting.AGENTS_WAVE_TOKENS_MAX),
            costMicros(Setting.AGENTS_WAVE_COST_MAX),
            time(Setting.AGENTS_WAVE_TIME_MAX)),
        new Allowance(
            count(Setting.AGENTS_RUN_TURNS_MAX),
            count(Setting.AGENTS_RUN_TOKENS_MAX),
            costMicros(Setting.AGENTS_RUN_COST_MAX),
            time(Setting.AGENTS_RUN_TIME_MAX)),
        texts.integer(Setting.AGENTS_IN_FLIGHT_MAX, 0, COUNT_MAX));
  }

  /// Both spellings, as with the sandbox.
  private boolean isOn(Setting setting) {
    return switch (texts.text(setting)) {
      case "true" -> true;
      case "false" -> false;
      default -> texts.choice(setting, Waiting.class) == Waiting.ON;
    };
  }

  private @Nullable Long count(Setting setting) {
    var text = texts.text(setting);
    if (text.isEmpty()) return null;
    try {
      var count = Long.parseLong(text);
      if (count > 0) return count;
    } catch (NumberFormatException _) {
      // reported below
    }
    texts.refuse(setting, "a whole number above 0, or nothing for no limit");
    return null;
  }

  private @Nullable Long costMicros(Setting setting) {
    var text = texts.text(setting);
    if (text.isEmpty()) return null;
    try {
      var dollars = new BigDecimal(text);
      if (dollars.signum() > 0 && dollars.compareTo(DOLLARS_MAX) <= 0) {
        var micros = dollars.multiply(MICROS).longValue();
        if (micros > 0) return micros;
      }
    } catch (NumberFormatException _) {
      // reported below
    }
    texts.refuse(setting, "dollars above 0 such as 2.50, or nothing for no limit");
    return null;
  }

  private @Nullable Duration time(Setting setting) {
    return texts.text(setting).isEmpty() ? null : texts.duration(setting);
  }
}
