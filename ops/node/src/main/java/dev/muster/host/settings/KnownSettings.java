package dev.muster.host.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Whether a file says only what there is to say: one value for each setting that exists.
final class KnownSettings {
  private KnownSettings() {}

  static List<String> problems(Config config, Path file) {
    var problems = new ArrayList<String>();
    config
        .entrySet()
        .forEach(entry -> {
          if (!isKnown(entry.getKey())) {
            problems.add(
                where(entry.getValue().origin(), file)
                    + ": there is no setting `"
                    + entry.getKey()
                    + "`; `muster config view` lists those there are");
          }
        });
    for (var setting : Setting.values()) {
      if (!config.hasPath(setting.key())) continue;
      var value = config.getValue(setting.key());
      if (value.valueType() == ConfigValueType.OBJECT
          || value.valueType() == ConfigValueType.LIST) {
        problems.add(
            where(value.origin(), file)
                + ": expected one value for `"
                + setting.key()
                + "`, found "
                + value.render());
      }
    }
    return problems;
  }

  /// A longer key is reported as a value of the wrong kind. What has names of the user's own is
  /// looked at by readers of its own.
  private static boolean isKnown(String key) {
    if (Named.isOurs(key) || OutsideReader.isOurs(key)) return true;
    if (McpReader.isOurs(key) || SqlReader.isOurs(key)) return true;
    for (var setting : Setting.values()) {
      if (key.equals(setting.key()) || key.startsWith(setting.key() + ".")) return true;
    }
    return false;
  }

  static String where(ConfigOrigin origin, Path file) {
    var name = origin.filename();
    return (name == null ? file : name) + ":" + origin.lineNumber();
  }
}
