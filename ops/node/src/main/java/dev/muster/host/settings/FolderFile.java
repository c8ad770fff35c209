package dev.muster.host.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.muster.host.trust.PlainFile;
import dev.muster.host.trust.TrustedFiles;
import dev.muster.host.trust.TrustedFiles.Standing;
import dev.muster.orchestrator.engine.plan.PlainHocon;
import dev.muster.protocol.text.ShellWord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `muster.conf` of the folder that Muster is called in. It may have come with a repository, so
/// that it may only set what cannot hurt, unless the user has said that this content is trusted.
record FolderFile(Path file, Config config, Standing standing) {
  static FolderFile read(SettingsSources sources, List<String> problems) {
    var file = sources.folderFile();
    try {
      var content = PlainFile.read(file, PlainHocon.BYTES_MAX);
      if (content != null) return parsed(file, content, sources, problems);
    } catch (IOException e) {
      problems.add(file + " cannot be read: " + e.getMessage());
    }
    return new FolderFile(file, ConfigFactory.empty(), Standing.UNKNOWN);
  }

  private static FolderFile parsed(
      Path file, byte[] content, SettingsSources sources, List<String> problems) {
    var standing = new TrustedFiles(sources.state()).standing(file, content);
    try {
      var config = PlainHocon.parse(file.toString(), new String(content, StandardCharsets.UTF_8));
      problems.addAll(KnownSettings.problems(config, file));
      return new FolderFile(file, config, standing);
    } catch (ConfigException e) {
      problems.add("expected HOCON in " + file + ", found: " + e.getMessage());
      return new FolderFile(file, ConfigFactory.empty(), standing);
    }
  }

  @Nullable Resolved find(Setting setting) {
    if (!config.hasPath(setting.key())) return null;
    var value = config.getValue(setting.key());
    var where = KnownSettings.where(value.origin(), file);
    return new Resolved(
        setting,
        String.valueOf(value.unwrapped()),
        standing == Standing.TRUSTED ? where + ", trusted" : where);
  }

  /// Why a value of this file does not hold, with the ways out; null when it does.
  ///
  /// @param otherwise what holds without it
  @Nullable String refusal(Resolved found, Resolved otherwise, Path userFile) {
    var setting = found.setting();
    if (standing == Standing.TRUSTED) return null;
    var mayBe =
        switch (setting.fromFolder()) {
          case ANY -> true;
          case LESS -> Amount.isAtMost(found, otherwise);
          case NOTHING -> false;
        };
    if (mayBe) return null;
    return "%s: a folder's own file may not set `%s`%s, since it may have come with a repository%s; put it into %s or %s, or trust the file once you have read it: `muster trust %s`"
        .formatted(
            found.origin(),
            setting.key(),
            setting.fromFolder() == Setting.FromFolder.LESS
                ? " to `" + found.shown() + "` where `" + otherwise.shown() + "` holds"
                : "",
            standing == Standing.CHANGED ? " and has changed since you trusted it" : "",
            userFile,
            setting.variable(),
            folder());
  }

  /// In the command to copy: also the folder's name may have come with a repository.
  private String folder() {
    return ShellWord.of(String.valueOf(file.getParent()));
  }

  /// Whoever could say where calls go could have the keys; whoever could say who approves could let
  /// anything pass.
  String partRefusal(String key, Path userFile) {
    return "%s: a folder's own file may not set `%s`, since it may have come with a repository%s; put it into %s, or trust the file once you have read it: `muster trust %s`"
        .formatted(
            KnownSettings.where(config.getValue(key).origin(), file),
            key,
            standing == Standing.CHANGED ? " and has changed since you trusted it" : "",
            userFile,
            folder());
  }

  /// What is nobody's to set but the user's.
  String never(String key, Path userFile) {
    return "%s: a folder's own file may not set `%s`, since it says what is started and reached from here; put it into %s"
        .formatted(KnownSettings.where(config.getValue(key).origin(), file), key, userFile);
  }
}
