package dev.muster.host.settings;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.agent.Allowance;
import dev.muster.node.agent.SessionLimits;
import dev.muster.node.agent.StallLimits;
import dev.muster.orchestrator.engine.wave.SubWorkerLimits;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What agents may use, from the texts that were found. An empty text is no limit.
record AgentsCheck(SettingTexts texts) {
  private static final int COUNT_MAX = 100_000;
  private static final int SESSIONS_MAX = 100;

  /// There are no more messages in a room.
  private static final int ROUNDS_MAX = 1_000;

  private static final Duration IDLE_LONGEST = Duration.ofDays(7);

  /// A call that lasts longer is taken for lost.
  private static final Duration ANSWER_LONGEST = Duration.ofMinutes(9);

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
            texts.choice(Setting.AGENTS_AT_LIMIT, AtLimit.class) == AtLimit.ASK,
            sessions(),
            stalls());
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
        texts.integer(Setting.AGENTS_IN_FLIGHT_MAX, 0, COUNT_MAX),
        texts.integer(Setting.AGENTS_ROOM_ROUNDS_MAX, 0, ROUNDS_MAX),
        new SubWorkerLimits(
            texts.integer(Setting.AGENTS_SPAWN_DEPTH_MAX, 0, SubWorkerLimits.MOST.depthMax()),
            texts.integer(
                Setting.AGENTS_SPAWN_PER_WORKER_MAX, 0, SubWorkerLimits.MOST.perWorkerMax()),
            texts.integer(Setting.AGENTS_SPAWN_PER_RUN_MAX, 0, SubWorkerLimits.MOST.perRunMax())));
  }

  private SessionLimits sessions() {
    return new SessionLimits(
        texts.integer(Setting.AGENTS_SESSIONS_OPEN_MAX, 0, SESSIONS_MAX),
        upTo(Setting.AGENTS_SESSIONS_IDLE_MAX, IDLE_LONGEST),
        upTo(Setting.AGENTS_SESSIONS_ANSWER_MAX, ANSWER_LONGEST));
  }

  private Duration upTo(Setting setting, Duration longest) {
    var given = texts.duration(setting);
    if (given.compareTo(longest) <= 0) return given;
    texts.refuse(setting, "at most " + longest.toMinutes() + "m");
    return longest;
  }

  private StallLimits stalls() {
    return new StallLimits(
        repeats(Setting.AGENTS_STALL_SAME_CALLS),
        repeats(Setting.AGENTS_STALL_SAME_ERRORS),
        repeats(Setting.AGENTS_STALL_TALKS),
        repeats(Setting.AGENTS_STALL_EMPTY_TURNS),
        repeats(Setting.AGENTS_STALL_PING_PONGS));
  }

  private int repeats(Setting setting) {
    return Math.max(StallLimits.LEAST, texts.integer(setting, StallLimits.LEAST, 100));
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
