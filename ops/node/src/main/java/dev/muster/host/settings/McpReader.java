package dev.muster.host.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueType;
import dev.muster.node.tools.McpServer;
import dev.muster.protocol.instruction.SecretNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `agents { mcp { NAME {…} } }` of the user's own file, as [OutsideReader] does its own.
record McpReader(List<String> problems) {
  static final String KEY = "agents.mcp";

  private static final Set<String> KEYS = Set.of("command", "url", "allow", "programs", "secret");
  private static final int NAME_CHARS_MAX = 60;

  List<McpServer> read(Config config) {
    var servers = new ArrayList<McpServer>();
    if (!config.hasPath(KEY)) return servers;
    if (config.getValue(KEY).valueType() != ConfigValueType.OBJECT) {
      problems.add(KEY + ": expected { NAME { command = …, allow = [ … ] } }");
      return servers;
    }
    var all = new ConfigPart(config, "agents", problems);
    for (var name : all.names("mcp")) {
      var server = server(name, all.part("mcp", name));
      if (server != null) servers.add(server);
    }
    return servers;
  }

  private @Nullable McpServer server(String name, ConfigPart part) {
    var before = problems.size();
    part.knows(KEYS);
    if (part.has("command") == part.has("url")) {
      part.expected(
          "command", "either `command`, what starts it in the sandbox, or `url`, where it is");
    }
    var command = part.has("command") ? part.text("command", "") : null;
    var url = url(part);
    var allow = part.strings("allow");
    if (allow.isEmpty()
        || !allow.stream()
            .allMatch(
                it -> it.matches(McpServer.TOOL) && name.length() + it.length() < NAME_CHARS_MAX)) {
      part.expected(
          "allow",
          "the tools that may be called: letters, digits, - and _, %d with its name at most"
              .formatted(NAME_CHARS_MAX));
    }
    var programs = OutsideReader.folders(part, "programs");
    var secret = part.has("secret") ? part.text("secret", "") : null;
    if (secret != null && (url == null || !SecretNames.isName(secret))) {
      part.expected("secret", "the name of a secret in capitals, with a url");
    }
    return problems.size() > before
        ? null
        : new McpServer(name, command, url, allow, programs, secret);
  }

  private static @Nullable URI url(ConfigPart part) {
    if (!part.has("url")) return null;
    try {
      var url = new URI(part.text("url", ""));
      if (Set.of("http", "https").contains(String.valueOf(url.getScheme()))
          && url.getHost() != null
          && url.getUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException _) {
      // said below
    }
    part.expected("url", "http(s)://HOST[:PORT]/PATH, with no user");
    return null;
  }

  /// Whether a key of a file is read here.
  static boolean isOurs(String key) {
    return key.equals(KEY) || key.startsWith(KEY + ".");
  }
}
