package dev.muster.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.settings.Setting;
import dev.muster.host.settings.Settings;
import dev.muster.host.settings.SettingsReader;
import dev.muster.host.settings.SettingsSources;
import dev.muster.host.trust.StateFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a node would make of the environment it is given.
final class DeployedNode {
  /// Read by the container's `muster`, not by the node.
  private static final Set<String> OF_THE_SCRIPT = Set.of("MUSTER_JAVA_OPTS");

  private static final Set<String> SETTINGS =
      Stream.of(Setting.values()).map(Setting::variable).collect(Collectors.toSet());

  private DeployedNode() {}

  /// Fails when a variable is none of ours or its value is refused.
  static Settings settings(Map<String, String> environment) {
    assertThat(environment.keySet())
        .as("variables that no setting reads")
        .allMatch(name -> SETTINGS.contains(name) || OF_THE_SCRIPT.contains(name));
    var all =
        new TreeMap<>(
            Map.of(
                "MUSTER_DATA",
                "/data",
                "MUSTER_DATA_TRUST",
                "volume",
                "MUSTER_RESULTS",
                "/results"));
    all.putAll(environment);
    var nowhere = Path.of("/nowhere");
    return SettingsReader.read(
            new SettingsSources(
                Map.of(), all, nowhere, nowhere.resolve("muster.conf"), new StateFolder(nowhere)))
        .settings();
  }
}
