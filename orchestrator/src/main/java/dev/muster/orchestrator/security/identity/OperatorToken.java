package dev.muster.orchestrator.security.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/// The secret of a file, usually `<data>/operator.token`: whoever can read that file may change
/// things.
public final class OperatorToken {
  private static final int TOKEN_BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final byte[] secret;

  private OperatorToken(String secret) {
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
  }

  /// Reads the token, or creates it with mode 0600. Throws `IOException` when the file can neither
  /// be read nor created, or is empty.
  public static OperatorToken loadOrCreate(Path file) throws IOException {
    if (!Files.exists(file)) create(file);
    var token = Files.readString(file).strip();
    if (token.length() < 16) {
      throw new IOException(
          "expected a token of at least 16 characters in "
              + file
              + ", found "
              + token.length()
              + ": delete the file and start again, a new one is made");
    }
    protect(file);
    return new OperatorToken(token);
  }

  private static void protect(Path file) throws IOException {
    if (!Files.getFileStore(file).supportsFileAttributeView("posix")) return;
    try {
      Files.setPosixFilePermissions(file, OWNER_ONLY);
    } catch (FileSystemException _) {
      // A secret that was mounted read-only is protected by whoever mounted it.
    }
  }

  private static void create(Path file) throws IOException {
    var random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    var text = (HexFormat.of().formatHex(random) + "\n").getBytes(StandardCharsets.UTF_8);
    Files.createDirectories(file.toAbsolutePath().getParent());
    var temporary = file.resolveSibling(".operator.token." + ProcessHandle.current().pid());
    Files.deleteIfExists(temporary);
    try {
      if (Files.getFileStore(file.toAbsolutePath().getParent())
          .supportsFileAttributeView("posix")) {
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      }
      Files.write(temporary, text, StandardOpenOption.CREATE);
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException _) {
      // Another process was quicker: its token counts.
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /// Takes the same time whatever was given.
  public boolean matches(String given) {
    return MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8));
  }

  /// For callers in the same process, such as a hosted CLI.
  public String value() {
    return new String(secret, StandardCharsets.UTF_8);
  }
}
