package dev.muster.host.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Compares two values of a setting by how much of this machine they give away. Pure.
final class Amount {
  private static final Double NO_LIMIT = Double.POSITIVE_INFINITY;

  private Amount() {}

  /// False also when it cannot be told.
  static boolean isAtMost(Resolved found, Resolved limit) {
    var one = of(found);
    var other = of(limit);
    return one != null && other != null && one <= other;
  }

  private static @Nullable Double of(Resolved value) {
    var text = value.value().strip();
    return switch (value.setting()) {
      case SANDBOX -> ofSandbox(text.toLowerCase(Locale.ROOT));
      case SLOTS -> ofSlots(text);
      case WORKER_MEMORY_MAX, WORKER_WORKSPACE_MAX -> bytes(text);
      case CPU_PERCENT,
          MEMORY_PERCENT,
          DISK_PERCENT,
          WORKER_PROCESSES_MAX,
          WORKER_FILES_MAX,
          AGENTS_TURNS_MAX,
          AGENTS_REPAIRS_MAX,
          AGENTS_IN_FLIGHT_MAX,
          AGENTS_SESSIONS_OPEN_MAX,
          AGENTS_ROOM_ROUNDS_MAX,
          AGENTS_SPAWN_DEPTH_MAX,
          AGENTS_SPAWN_PER_WORKER_MAX,
          AGENTS_SPAWN_PER_RUN_MAX,
          AGENTS_STALL_SAME_CALLS,
          AGENTS_STALL_SAME_ERRORS,
          AGENTS_STALL_TALKS,
          AGENTS_STALL_EMPTY_TURNS,
          AGENTS_STALL_PING_PONGS ->
          number(text);
      case AGENTS_TOKENS_MAX,
          AGENTS_COST_MAX,
          AGENTS_WAVE_TURNS_MAX,
          AGENTS_WAVE_TOKENS_MAX,
          AGENTS_WAVE_COST_MAX,
          AGENTS_RUN_TURNS_MAX,
          AGENTS_RUN_TOKENS_MAX,
          AGENTS_RUN_COST_MAX ->
          text.isEmpty() ? NO_LIMIT : number(text);
      case AGENTS_TIME_MAX, AGENTS_WAVE_TIME_MAX, AGENTS_RUN_TIME_MAX ->
          text.isEmpty() ? NO_LIMIT : millis(text);
      case AGENTS_SESSIONS_IDLE_MAX, AGENTS_SESSIONS_ANSWER_MAX -> millis(text);
      default -> null; // no setting of which a folder may ask for less
    };
  }

  private static @Nullable Double ofSandbox(String text) {
    return switch (text) {
      case "require" -> 0.0;
      case "prefer" -> 1.0;
      case "off", "false" -> 2.0;
      default -> null;
    };
  }

  private static @Nullable Double ofSlots(String text) {
    if (!text.equals("auto")) return number(text);
    return Double.valueOf(Runtime.getRuntime().availableProcessors());
  }

  private static @Nullable Double number(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static @Nullable Double bytes(String text) {
    try {
      return (double) hocon(text).getBytes("value");
    } catch (ConfigException _) {
      return null;
    }
  }

  private static @Nullable Double millis(String text) {
    try {
      return (double) hocon(text).getDuration("value").toMillis();
    } catch (ConfigException _) {
      return null;
    }
  }

  private static Config hocon(String text) {
    return ConfigFactory.empty().withValue("value", ConfigValueFactory.fromAnyRef(text));
  }
}
