package dev.muster.host.settings;

import dev.muster.host.trust.StateFolder;
import java.nio.file.Path;
import java.util.Map;

/// Where settings are looked for, strongest first.
///
/// @param flags what was given on the command line
/// @param environment of the process
/// @param folder the current folder: its `muster.conf` counts, and relative paths start there
/// @param userFile the user's own file, which need not exist
/// @param state where it is remembered which folders the user trusts, and where data are by default
public record SettingsSources(
    Map<Setting, String> flags,
    Map<String, String> environment,
    Path folder,
    Path userFile,
    StateFolder state) {
  public SettingsSources {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  public Path folderFile() {
    return folder.resolve("muster.conf");
  }
}
