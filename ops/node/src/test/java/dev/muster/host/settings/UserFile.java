package dev.muster.host.settings;

import dev.muster.host.trust.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A user's own settings file in a folder of the test, with nothing beside it but what the
/// environment has.
record UserFile(Path folder, Map<String, String> environment) {
  SettingsReader.Loaded loaded(String text) throws IOException {
    var file = Files.writeString(folder.resolve("user.conf"), text);
    var state = new StateFolder(folder.resolve("state"));
    return SettingsReader.read(new SettingsSources(Map.of(), environment, folder, file, state));
  }

  Settings read(String text) throws IOException {
    return loaded(text).settings();
  }

  /// All that is wrong with it.
  List<String> problems(String text) throws IOException {
    try {
      loaded(text);
      return List.of();
    } catch (SettingsException e) {
      return e.problems();
    }
  }
}
