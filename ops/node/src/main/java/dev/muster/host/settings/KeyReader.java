package dev.muster.host.settings;

import dev.muster.node.models.KeySource;
import dev.muster.protocol.instruction.SecretNames;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads where a key or a password is; what it is does not belong into a file of settings.
record KeyReader(Map<String, String> environment, ConfigPart part) {
  private static final String FORMS = "env:NAME, file:PATH, secret:NAME or none";

  KeySource read(String key) {
    var text = part.text(key, "none");
    var colon = text.indexOf(':');
    var where = text.substring(colon + 1).strip();
    switch (colon < 0 ? text : text.substring(0, colon)) {
      case "none" -> {
        return KeySource.NONE;
      }
      case "env" -> {
        if (where.matches("[A-Za-z_][A-Za-z0-9_]*")) return ofEnvironment(where);
      }
      case "file" -> {
        var path = path(where);
        if (path != null) return new ProviderKey.OfFile(path);
      }
      case "secret" -> {
        if (SecretNames.isName(where)) return new ProviderKey.OfVault(where, null);
      }
      default -> {} // perhaps the key itself, which is not repeated
    }
    part.expected(key, "where it is, not what it is: " + FORMS);
    return KeySource.NONE;
  }

  KeySource ofEnvironment(String name) {
    return new ProviderKey.OfEnvironment(name, environment.get(name));
  }

  private @Nullable Path path(String text) {
    try {
      var home = environment.getOrDefault("HOME", "~");
      var path = Path.of(text.startsWith("~/") ? home + text.substring(1) : text).normalize();
      return path.isAbsolute() ? path : null;
    } catch (InvalidPathException _) {
      return null;
    }
  }
}
