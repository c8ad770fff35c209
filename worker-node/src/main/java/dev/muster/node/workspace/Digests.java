package dev.muster.node.workspace;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, always as lower-case hex.
public final class Digests {
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  public static String ofText(String text) {
    var digest = sha256();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return hex(digest);
  }

  /// Reads the file once, following no rule about links: callers look at the path first.
  public static String ofFile(Path file) throws IOException {
    var digest = sha256();
    copy(file, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return hex(digest);
  }

  /// Not `Files.copy`: an interrupt must not close the stream under us half-way.
  static long copy(Path file, OutputStream to) throws IOException {
    try (var from = new FileInputStream(file.toFile())) {
      return from.transferTo(to);
    }
  }

  private Digests() {}
}
