package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A checkout with a launcher, called as everybody calls it. Several of them are measured in turn,
/// so that what disturbs the machine disturbs each.
record Build(String name, Path checkout) {
  /// @param text NAME=CHECKOUT
  static Build of(String text) {
    var at = text.indexOf('=');
    if (at < 1) throw new IllegalArgumentException("Expected NAME=CHECKOUT, but got " + text + ".");
    return new Build(text.substring(0, at), Path.of(text.substring(at + 1)).toAbsolutePath());
  }

  /// Runs a verb to its end. Nothing is held back, whatever else the machine does, and no port is
  /// anybody's.
  ///
  /// @param folder of this round, where its data, results and settings are
  Timed muster(Path folder, Map<String, String> settings, String... arguments)
      throws IOException, InterruptedException {
    return Timed.run(folder, environment(folder, settings), command(arguments));
  }

  Process start(Path folder, Map<String, String> settings, String... arguments) throws IOException {
    return Timed.start(folder, environment(folder, settings), command(arguments));
  }

  /// What happened in the last run, by the journal.
  Events events(Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    var asked = Files.createDirectories(folder.resolve("events"));
    var environment = environment(folder, settings);
    return Events.read(
        Timed.run(asked, environment, command("runs", "events", "last", "-o", "jsonl")).said());
  }

  private List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(checkout.resolve("muster").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static Map<String, String> environment(Path folder, Map<String, String> settings) {
    var environment = new HashMap<String, String>();
    environment.put("MUSTER_HEADROOM_CPU_PERCENT", "100");
    environment.put("MUSTER_PORT", "0");
    environment.put("MUSTER_DATA", folder.resolve("data").toString());
    environment.put("MUSTER_RESULTS", folder.resolve("results").toString());
    environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    environment.putAll(settings);
    return environment;
  }
}
