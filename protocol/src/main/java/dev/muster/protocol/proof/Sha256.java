package dev.muster.protocol.proof;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Names content by its SHA-256, in 64 lower-case hexadecimal digits.
public final class Sha256 {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

  private Sha256() {}

  /// @param text in UTF-8
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String of(byte[] content) {
    var digest = digest();
    digest.update(content);
    return hex(digest);
  }

  /// Reads the whole file.
  public static String of(Path file) throws IOException {
    var digest = digest();
    try (var from = new FileInputStream(file.toFile());
        var to = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      from.transferTo(to);
    }
    return hex(digest);
  }

  /// For content that does not fit into memory.
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// The name of what was digested so far.
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /// The digest itself, when it looks like one.
  public static String checked(String sha256) {
    if (NAME.matcher(sha256).matches()) return sha256;
    throw new IllegalArgumentException(
        "expected a SHA-256 in lower-case hexadecimal digits, found `" + sha256 + "`");
  }
}
