package dev.muster.host.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.muster.protocol.view.SettingView;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The texts that were found, read as values. Every text that is no such value becomes one problem,
/// in words: what was expected, what was found, where.
final class SettingTexts {
  private final Map<Setting, Resolved> resolved;
  private final Path folder;
  private final List<String> problems;

  SettingTexts(Map<Setting, Resolved> resolved, Path folder, List<String> problems) {
    this.resolved = resolved;
    this.folder = folder;
    this.problems = problems;
  }

  /// For callers of the API. The way to a webhook may be as good as a key, so its host is told
  /// alone.
  List<SettingView> shown() {
    return resolved.values().stream()
        .map(it -> {
          var isSecretPath = it.setting() == Setting.WEBHOOK_URL;
          var value =
              isSecretPath
                  ? it.shown().replaceAll("^(\\w+://)?([^/]*@)?([^/?#]+).*", "$1$3/…")
                  : it.shown();
          var setting = it.setting();
          return new SettingView(setting.key(), value, it.origin(), setting.description());
        })
        .toList();
  }

  <E extends Enum<E>> E choice(Setting setting, Class<E> values) {
    var found = text(setting);
    for (var value : values.getEnumConstants()) {
      if (value.name().equalsIgnoreCase(found)) return value;
    }
    var names =
        Stream.of(values.getEnumConstants())
            .map(value -> value.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    refuse(setting, "one of " + names);
    return values.getEnumConstants()[0];
  }

  List<String> list(Setting setting, String each, String expected) {
    var found =
        Stream.of(text(setting).split(",", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .toList();
    if (!found.stream().allMatch(part -> part.matches(each))) {
      refuse(setting, expected + ", separated by commas");
    }
    return found;
  }

  Path pathOr(Setting setting, Path otherwise, Map<String, String> environment) {
    return text(setting).isEmpty() ? otherwise : path(setting, environment);
  }

  String text(Setting setting) {
    var found = resolved.get(setting);
    return found == null ? setting.standard() : found.value().strip();
  }

  static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  void refuse(Setting setting, String expected) {
    var found = resolved.get(setting);
    var origin = found == null ? "default" : found.origin();
    var shown = found == null ? setting.standard() : found.shown();
    problems.add(origin + ": " + setting.key() + " is `" + shown + "`, expected " + expected);
  }

  int integer(Setting setting, int min, int max) {
    try {
      var value = Integer.parseInt(text(setting));
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException _) {
      // reported below, like a number out of range
    }
    refuse(setting, "a whole number from " + min + " to " + max);
    return min;
  }

  double percent(Setting setting) {
    try {
      var value = Double.parseDouble(text(setting));
      if (value > 0 && value <= 100) {
        return value;
      }
    } catch (NumberFormatException _) {
      // reported below
    }
    refuse(setting, "a percentage above 0 up to 100");
    return 100;
  }

  Duration durationOrNone(Setting setting) {
    return text(setting).equals("0") ? Duration.ZERO : duration(setting);
  }

  Duration duration(Setting setting, Duration min) {
    var value = duration(setting);
    if (value.compareTo(min) >= 0) return value;
    refuse(setting, "at least " + min.toHours() + "h");
    return min;
  }

  Duration duration(Setting setting) {
    try {
      var value = hocon(text(setting)).getDuration("value");
      if (value.isPositive() && value.toDays() <= 3_650) {
        return value;
      }
    } catch (ConfigException _) {
      // reported below
    }
    refuse(setting, "a duration such as 30s, 5m or 24h");
    return Duration.ofSeconds(1);
  }

  long bytes(Setting setting) {
    try {
      var value = hocon(text(setting)).getBytes("value");
      if (value >= 1 << 20) {
        return value;
      }
    } catch (ConfigException _) {
      // reported below
    }
    refuse(setting, "a size of at least 1m, such as 512m or 2g");
    return 1 << 20;
  }

  private static com.typesafe.config.Config hocon(String text) {
    return ConfigFactory.empty().withValue("value", ConfigValueFactory.fromAnyRef(text));
  }

  Path path(Setting setting, Map<String, String> environment) {
    var text = text(setting);
    if (text.startsWith("~/")) {
      text = environment.getOrDefault("HOME", "~") + text.substring(1);
    }
    try {
      if (!text.isEmpty()) {
        return folder.resolve(text).toAbsolutePath().normalize();
      }
    } catch (InvalidPathException _) {
      // reported below
    }
    refuse(setting, "a path");
    return folder;
  }
}
