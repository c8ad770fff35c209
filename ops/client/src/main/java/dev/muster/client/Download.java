package dev.muster.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;

/// A file from a node: bounded, compared with the digest that the node says (RFC 9530), and in its
/// place only when it is whole.
final class Download {
  static final String DIGEST = "Content-Digest";
  private static final int BUFFER = 1 << 16;

  private Download() {}

  /// @param to is replaced
  static void save(NodeClient client, String path, Path to, long bytesMax) {
    save(client, path, to, bytesMax, StallGuard.STANDARD);
  }

  /// @param stallMax after which a body that stands still is given up
  static void save(NodeClient client, String path, Path to, long bytesMax, Duration stallMax) {
    try (var flowing = client.flowing(path, "*/*")) {
      var part = Files.createTempFile(to.toAbsolutePath().getParent(), ".muster-", ".part");
      try {
        var digest = copy(client, path, flowing.body(), part, bytesMax, stallMax);
        check(client, path, flowing.headers(), digest);
        Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw client.failing(
          new ApiException(new Failure.Unreachable(client.base(), e.getMessage()), e));
    }
  }

  private static byte[] copy(
      NodeClient client, String path, InputStream body, Path part, long bytesMax, Duration stallMax)
      throws IOException {
    var digest = sha256();
    var bytes = 0L;
    var buffer = new byte[BUFFER];
    try (var from = new StallGuard(body, stallMax);
        var out = Files.newOutputStream(part)) {
      for (var read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        bytes += read;
        if (bytes > bytesMax) {
          throw misunderstood(
              client, path, "expected at most %,d MiB, found more".formatted(bytesMax >> 20));
        }
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
    return digest.digest();
  }

  private static void check(NodeClient client, String path, HttpHeaders headers, byte[] found) {
    var said = headers.firstValue(DIGEST).orElse("");
    if (said.equals(digestOf(found))) return;
    throw misunderstood(
        client,
        path,
        said.isEmpty()
            ? "expected a " + DIGEST + " with what was sent, found none"
            : "expected %s, found %s: it was damaged on its way".formatted(said, digestOf(found)));
  }

  private static RuntimeException misunderstood(NodeClient client, String path, String why) {
    return client.failing(
        new ApiException(new Failure.Misunderstood(client.where(path), why), null));
  }

  static String digestOf(byte[] sha256) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
  }

  static String digestOf(Path file) throws IOException {
    var digest = sha256();
    var buffer = new byte[BUFFER];
    try (var in = Files.newInputStream(file)) {
      for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return digestOf(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
