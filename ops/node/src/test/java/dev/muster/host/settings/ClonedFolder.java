package dev.muster.host.settings;

import dev.muster.host.trust.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A folder that came with a repository, and what its `muster.conf` may have said.
abstract class ClonedFolder {
  @TempDir Path root;
  Path folder;
  StateFolder state;
  final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void cloned() throws IOException {
    folder = Files.createDirectory(root.resolve("cloned"));
    state = new StateFolder(root.resolve("state"));
  }

  Settings read() {
    return loaded().settings();
  }

  SettingsReader.Loaded loaded() {
    return SettingsReader.read(
        new SettingsSources(
            Map.of(), environment, folder, root.resolve("home/muster.conf"), state));
  }

  Path says(String text) throws IOException {
    return Files.writeString(folder.resolve("muster.conf"), text);
  }

  List<String> problems() {
    try {
      read();
      return List.of();
    } catch (SettingsException e) {
      return e.problems();
    }
  }
}
