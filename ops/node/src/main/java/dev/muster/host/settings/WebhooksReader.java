package dev.muster.host.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueType;
import dev.muster.node.models.KeySource;
import dev.muster.orchestrator.readside.webhook.WebhookTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `webhooks { NAME { url key kinds } }`: programs that are told what happens, each of what
/// it wants. All that is wrong is told at once, and no value that might be a key.
final class WebhooksReader {
  static final String KEY = "webhooks";

  private static final int WEBHOOKS_MAX = 10;
  private static final Set<String> KNOWN = Set.of("url", "key", "kinds");
  private static final String KEY_FORMS = "env:NAME or file:/absolute/path";

  private WebhooksReader() {}

  /// A file of `webhook.key-file`, which may be anybody's to read, as it always could.
  ///
  /// @param path absolute
  record KeyFile(Path path) implements KeySource {
    @Override
    public String reveal() throws IOException {
      return Files.readString(path).strip();
    }

    @Override
    public String words() {
      return "file " + path;
    }
  }

  /// @param config a whole file
  static List<Settings.Webhook> read(
      Config config, Map<String, String> environment, List<String> problems) {
    if (!config.hasPath(KEY)) return List.of();
    if (config.getValue(KEY).valueType() != ConfigValueType.OBJECT) {
      problems.add(KEY + ": expected { NAME { url, key, kinds } }");
      return List.of();
    }
    var all = new ConfigPart(config.atPath("all"), "all", problems);
    var names = all.names(KEY);
    if (names.size() > WEBHOOKS_MAX) all.expected(KEY, "at most " + WEBHOOKS_MAX);
    var webhooks = new ArrayList<Settings.Webhook>();
    for (var name : names) {
      var part = new ConfigPart(config, KEY + "." + name, problems);
      part.knows(KNOWN);
      var webhook = webhook(name, part, environment);
      if (webhook != null) webhooks.add(webhook);
    }
    return webhooks;
  }

  private static Settings.@Nullable Webhook webhook(
      String name, ConfigPart part, Map<String, String> environment) {
    var key = key(part, environment);
    var kinds = new HashSet<>(part.strings("kinds"));
    try {
      var url = URI.create(part.text("url", ""));
      var secret = "-".repeat(WebhookTarget.KEY_CHARS_MIN);
      new WebhookTarget(name, url, secret, Set.of());
      try {
        new WebhookTarget(name, url, secret, kinds);
      } catch (IllegalArgumentException e) {
        part.expected("kinds", String.valueOf(e.getMessage()));
      }
      return key == null ? null : new Settings.Webhook(name, url, key, kinds);
    } catch (IllegalArgumentException e) {
      part.expected("url", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static @Nullable KeySource key(ConfigPart part, Map<String, String> environment) {
    var text = part.text("key", "");
    if (text.startsWith("env:")) {
      var variable = text.substring(4).strip();
      if (variable.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        return new ProviderKey.OfEnvironment(variable, environment.get(variable));
      }
    }
    if (text.startsWith("file:/")) {
      return new ProviderKey.OfFile(Path.of(text.substring(5).strip()).normalize());
    }
    part.expected("key", "where the key is, not what it is: " + KEY_FORMS);
    return null;
  }

  /// Whether a key of a file is read here.
  static boolean isOurs(String key) {
    return key.equals(KEY) || key.startsWith(KEY + ".");
  }
}
