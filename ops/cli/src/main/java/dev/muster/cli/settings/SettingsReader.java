package dev.muster.cli.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the value of every setting: flag, then environment, then the folder's file, then the
/// user's, then the default. Problems are collected, so that all are reported at once.
public final class SettingsReader {
  private final SettingsSources sources;
  private final List<String> problems = new ArrayList<>();

  private SettingsReader(SettingsSources sources) {
    this.sources = sources;
  }

  /// What was read: the checked record, and each value with its origin.
  public record Loaded(Settings settings, List<Resolved> resolved) {
    public Loaded {
      resolved = List.copyOf(resolved);
    }
  }

  /// @throws SettingsException naming everything that is wrong
  public static Loaded read(SettingsSources sources) {
    return new SettingsReader(sources).read();
  }

  private Loaded read() {
    var folderFile = parse(sources.folderFile());
    var userFile = parse(sources.userFile());
    Map<Setting, Resolved> resolved = new EnumMap<>(Setting.class);
    for (var setting : Setting.values()) {
      resolved.put(setting, resolve(setting, folderFile, userFile));
    }
    var settings = SettingsCheck.check(resolved, sources.folder(), sources.environment(), problems);
    if (settings == null || !problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return new Loaded(settings, List.copyOf(resolved.values()));
  }

  private Resolved resolve(Setting setting, Config folderFile, Config userFile) {
    var flag = sources.flags().get(setting);
    if (flag != null) {
      return new Resolved(setting, flag, "flag " + setting.flag());
    }
    var variable = sources.environment().get(setting.variable());
    if (variable != null && !injectedByKubernetes(variable)) {
      return new Resolved(setting, variable, "environment " + setting.variable());
    }
    var fromFolder = fromFile(setting, folderFile);
    if (fromFolder != null && setting.personal()) {
      problems.add(
          fromFolder.origin()
              + ": expected `"
              + setting.key()
              + "` in your own file only, "
              + sources.userFile()
              + ", found it in that of a folder");
    } else if (fromFolder != null) {
      return fromFolder;
    }
    var fromUser = fromFile(setting, userFile);
    return fromUser != null ? fromUser : new Resolved(setting, setting.standard(), "default");
  }

  /// Kubernetes sets `MUSTER_PORT=tcp://…` in every pod beside a service named muster.
  private static boolean injectedByKubernetes(String value) {
    return value.startsWith("tcp://");
  }

  private @Nullable Resolved fromFile(Setting setting, Config file) {
    if (!file.hasPath(setting.key())) {
      return null;
    }
    var value = file.getValue(setting.key());
    return new Resolved(
        setting, String.valueOf(value.unwrapped()), SettingsReader.where(value.origin()));
  }

  private Config parse(Path file) {
    if (!Files.exists(file)) {
      return ConfigFactory.empty();
    }
    try {
      var config = ConfigFactory.parseFile(file.toFile()).resolve();
      config.entrySet().forEach(entry -> checkKnown(entry.getKey(), entry.getValue().origin()));
      for (var setting : Setting.values()) {
        checkScalar(setting, config);
      }
      return config;
    } catch (ConfigException e) {
      problems.add(file + ": expected HOCON, found: " + e.getMessage());
      return ConfigFactory.empty();
    }
  }

  private void checkKnown(String key, com.typesafe.config.ConfigOrigin origin) {
    for (var setting : Setting.values()) {
      if (key.equals(setting.key()) || key.startsWith(setting.key() + ".")) {
        return; // a longer key is reported as a value of the wrong kind
      }
    }
    problems.add(
        where(origin)
            + ": there is no setting `"
            + key
            + "`; `muster config view` lists those there are");
  }

  private void checkScalar(Setting setting, Config config) {
    if (config.hasPath(setting.key())) {
      var value = config.getValue(setting.key());
      if (value.valueType() == ConfigValueType.OBJECT
          || value.valueType() == ConfigValueType.LIST) {
        problems.add(
            where(value.origin())
                + ": expected one value for `"
                + setting.key()
                + "`, found "
                + value.render());
      }
    }
  }

  private static String where(com.typesafe.config.ConfigOrigin origin) {
    var file = origin.filename();
    return file == null ? origin.description() : file + ":" + origin.lineNumber();
  }
}
