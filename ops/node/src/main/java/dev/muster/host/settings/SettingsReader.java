package dev.muster.host.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.muster.host.trust.OwnFiles;
import dev.muster.host.trust.TrustedFiles;
import dev.muster.node.models.pool.ModelSettings;
import java.nio.file.Files;
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
    var folderFile = FolderFile.read(sources, problems);
    var userFile = userFile();
    Map<Setting, Resolved> resolved = new EnumMap<>(Setting.class);
    for (var setting : Setting.values()) {
      resolved.put(setting, resolve(setting, folderFile, userFile));
    }
    var named =
        new Named(
            ModelsReader.read(
                fileOf(ModelsReader.KEY, folderFile, userFile), sources.environment(), problems),
            PoliciesReader.read(fileOf(PoliciesReader.KEY, folderFile, userFile), problems),
            WebhooksReader.read(
                fileOf(WebhooksReader.KEY, folderFile, userFile), sources.environment(), problems));
    var outside = outside(folderFile, userFile, named.models());
    var settings = SettingsCheck.check(resolved, named, outside, sources, problems);
    if (settings == null || !problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return new Loaded(settings, List.copyOf(resolved.values()));
  }

  /// Keys and where they go, and who approves what, are the user's own business.
  private Config fileOf(String key, FolderFile folderFile, Config userFile) {
    if (!folderFile.config().hasPath(key)) return userFile;
    if (folderFile.standing() == TrustedFiles.Standing.TRUSTED) {
      return folderFile.config().withFallback(userFile);
    }
    problems.add(folderFile.partRefusal(key, sources.userFile()));
    return userFile;
  }

  private Settings.Outside outside(FolderFile folderFile, Config userFile, ModelSettings models) {
    for (var key : List.of(OutsideReader.KEY, McpReader.KEY, SqlReader.KEY)) {
      if (!folderFile.config().hasPath(key)) continue;
      problems.add(folderFile.never(key, sources.userFile()));
    }
    return new Settings.Outside(
        new OutsideReader(models, problems).read(userFile),
        new McpReader(problems).read(userFile),
        new SqlReader(sources.environment(), problems).read(userFile));
  }

  private Resolved resolve(Setting setting, FolderFile folderFile, Config userFile) {
    var flag = sources.flags().get(setting);
    if (flag != null) {
      return new Resolved(setting, flag, "flag " + setting.flag());
    }
    var variable = sources.environment().get(setting.variable());
    if (variable != null && !injectedByKubernetes(variable)) {
      return new Resolved(setting, variable, "environment " + setting.variable());
    }
    var fromUser = fromUser(setting, userFile);
    var otherwise = fromUser != null ? fromUser : standard(setting);
    var fromFolder = folderFile.find(setting);
    if (fromFolder == null) return otherwise;
    var refusal = folderFile.refusal(fromFolder, otherwise, sources.userFile());
    if (refusal != null) problems.add(refusal);
    return fromFolder;
  }

  private Resolved standard(Setting setting) {
    var value =
        setting == Setting.DATA
            ? sources.state().dataOf(sources.folder()).toString()
            : setting.standard();
    return new Resolved(setting, value, "default");
  }

  /// Kubernetes sets `MUSTER_PORT=tcp://…` in every pod beside a service named muster.
  private static boolean injectedByKubernetes(String value) {
    return value.startsWith("tcp://");
  }

  private static @Nullable Resolved fromUser(Setting setting, Config file) {
    if (!file.hasPath(setting.key())) {
      return null;
    }
    var value = file.getValue(setting.key());
    var origin = value.origin();
    var name = origin.filename();
    return new Resolved(
        setting,
        String.valueOf(value.unwrapped()),
        name == null ? origin.description() : name + ":" + origin.lineNumber());
  }

  /// The user's own may include others and read the environment, so it must be the user's own.
  private Config userFile() {
    var file = sources.userFile();
    if (!Files.exists(file)) {
      return ConfigFactory.empty();
    }
    var problem = OwnFiles.problem(file);
    if (problem != null) {
      problems.add(file + " is not read, since it is not yours alone: " + problem);
      return ConfigFactory.empty();
    }
    try {
      var config = ConfigFactory.parseFile(file.toFile()).resolve();
      problems.addAll(KnownSettings.problems(config, file));
      return config;
    } catch (ConfigException e) {
      problems.add(file + ": expected HOCON, found: " + e.getMessage());
      return ConfigFactory.empty();
    }
  }
}
