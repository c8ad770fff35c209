package dev.muster.cli.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cli.client.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `muster login` has brought home, by server: `~/.config/muster/logins.json`, for this user's
/// eyes only.
///
/// @param file absolute
public record Logins(Path file) {
  public static Logins of(Map<String, String> environment) {
    var config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    var home = Path.of(environment.getOrDefault("HOME", "."));
    var folder = config.isEmpty() ? home.resolve(".config") : Path.of(config);
    return new Logins(folder.resolve("muster").resolve("logins.json").toAbsolutePath());
  }

  /// Null where nobody has logged in, or no more, or the file cannot be read.
  @Nullable String token(URI server, Instant now) {
    JsonNode login;
    try {
      login = all().path(key(server));
    } catch (IOException _) {
      return null;
    }
    var until = login.path("until").asText("");
    if (!login.path("token").isTextual() || until.isEmpty()) return null;
    return Instant.parse(until).isAfter(now) ? login.path("token").asText() : null;
  }

  /// @throws IOException also where the other logins cannot be read: then they stay as they are
  public void keep(URI server, String token, Instant until) throws IOException {
    var all = all();
    all.putObject(key(server)).put("token", token).put("until", until.toString());
    write(all);
  }

  /// False when there was none.
  public boolean forget(URI server) throws IOException {
    var all = all();
    if (all.remove(key(server)) == null) return false;
    write(all);
    return true;
  }

  private void write(ObjectNode all) throws IOException {
    Files.createDirectories(file.getParent());
    var part =
        Files.createTempFile(
            file.getParent(),
            ".logins",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(part, Json.MAPPER.writeValueAsString(all));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// @throws IOException for what is there and cannot be read, or the logins in it would be lost
  private ObjectNode all() throws IOException {
    if (!Files.exists(file)) return Json.MAPPER.createObjectNode();
    try {
      if (Json.MAPPER.readTree(Files.readString(file)) instanceof ObjectNode all) return all;
    } catch (JsonProcessingException e) {
      throw new IOException("expected logins in " + file + ", found no JSON: take it away", e);
    }
    throw new IOException("expected logins in " + file + ", found another JSON: take it away");
  }

  private static String key(URI server) {
    return server.getScheme() + "://" + server.getRawAuthority();
  }
}
