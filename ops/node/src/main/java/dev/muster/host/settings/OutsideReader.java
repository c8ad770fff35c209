package dev.muster.host.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueType;
import dev.muster.node.agent.OutsideAgent;
import dev.muster.node.models.pool.ModelSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads `agents { outside { NAME {…} } }` of the user's own file: what is started here is the
/// operator's choice, never that of a folder, however well it is trusted.
record OutsideReader(ModelSettings models, List<String> problems) {
  static final String KEY = "agents.outside";

  private static final Set<String> KEYS =
      Set.of("command", "programs", "prompt-file", "environment", "exit-codes", "profile");
  private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]{0,99}";
  private static final String PROMPT_FILE = "/tmp/[A-Za-z0-9._-]{1,100}";

  Map<String, OutsideAgent> read(Config config) {
    var agents = new LinkedHashMap<String, OutsideAgent>();
    if (!config.hasPath(KEY)) return agents;
    if (config.getValue(KEY).valueType() != ConfigValueType.OBJECT) {
      problems.add(KEY + ": expected { NAME { command = … } }");
      return agents;
    }
    var all = new ConfigPart(config, "agents", problems);
    for (var name : all.names("outside")) {
      var agent = agent(name, all.part("outside", name));
      if (agent != null) agents.put(name, agent);
    }
    return agents;
  }

  private @Nullable OutsideAgent agent(String name, ConfigPart part) {
    part.knows(KEYS);
    var command = part.text("command", "");
    if (command.isBlank()) part.expected("command", "the line of shell that starts it");
    if (models.profiles().containsKey(name) || models.providers().containsKey(name)) {
      part.expected("command", "another name for it: a profile or provider is called " + name);
    }
    var promptFile = part.text("prompt-file", OutsideAgent.PROMPT_FILE);
    if (!promptFile.matches(PROMPT_FILE)) part.expected("prompt-file", "/tmp/NAME");
    var found = problems.size();
    var environment = environment(part);
    var exitCodes = exitCodes(part);
    var programs = folders(part, "programs");
    var profile = profile(part);
    return command.isBlank() || problems.size() > found
        ? null
        : new OutsideAgent(name, command, programs, promptFile, environment, exitCodes, profile);
  }

  private @Nullable String profile(ConfigPart part) {
    if (!part.has("profile")) return null;
    var profile = part.text("profile", "");
    if (models.profiles().containsKey(profile)) return profile;
    part.expected(
        "profile",
        "one of models.profiles (%s)"
            .formatted(String.join(", ", new TreeSet<>(models.profiles().keySet()))));
    return null;
  }

  private static Map<String, String> environment(ConfigPart part) {
    var environment = new LinkedHashMap<String, String>();
    if (!part.has("environment")) return environment;
    var at = part.path() + ".environment";
    if (part.whole().getValue(at).valueType() != ConfigValueType.OBJECT) {
      part.expected("environment", "{ NAME = \"value\" }");
      return environment;
    }
    for (var name : part.whole().getObject(at).keySet()) {
      var path = at + "." + ConfigUtil.quoteString(name);
      var type = part.whole().getValue(path).valueType();
      if (!name.matches(VARIABLE)
          || type == ConfigValueType.OBJECT
          || type == ConfigValueType.LIST) {
        part.expected("environment", "{ NAME = \"value\" }, found " + name);
      } else {
        environment.put(name, part.whole().getString(path));
      }
    }
    return environment;
  }

  private static Set<Integer> exitCodes(ConfigPart part) {
    if (!part.has("exit-codes")) return Set.of(0);
    var codes = new TreeSet<Integer>();
    for (var code : part.strings("exit-codes")) {
      if (code.matches("[0-9]{1,3}") && Integer.parseInt(code) < 256) {
        codes.add(Integer.valueOf(code));
      } else {
        part.expected("exit-codes", "whole numbers from 0 to 255, such as [0, 1]");
      }
    }
    return codes;
  }

  static List<Path> folders(ConfigPart part, String key) {
    var folders = new ArrayList<Path>();
    for (var text : part.strings(key)) {
      try {
        var path = Path.of(text).normalize();
        if (path.isAbsolute() && path.getNameCount() > 0) {
          folders.add(path);
          continue;
        }
      } catch (InvalidPathException _) {
        // said below
      }
      part.expected(key, "absolute folders, but not the root");
    }
    return folders;
  }

  /// Whether a key of a file is read here.
  static boolean isOurs(String key) {
    return key.equals(KEY) || key.startsWith(KEY + ".");
  }
}
