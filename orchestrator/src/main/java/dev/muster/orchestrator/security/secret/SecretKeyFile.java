package dev.muster.orchestrator.security.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the key comes from: given as it is, or from a file outside the data folder, which is made
/// when the first secret is set.
///
/// @param given 64 hexadecimal digits; null for the file
/// @param file absolute
public record SecretKeyFile(@Nullable String given, Path file) {
  private static final int KEY_BYTES = 32;
  private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /// Never shows the key.
  @Override
  public String toString() {
    return "SecretKeyFile[" + (given == null ? file : "given") + "]";
  }

  /// Null when there is none yet.
  ///
  /// @throws IOException in words, when it cannot be used
  byte @Nullable [] read() throws IOException {
    if (given != null) return parsed(given, "secrets.key");
    if (!Files.exists(file)) return null;
    for (var permission : Files.getPosixFilePermissions(file)) {
      if (!permission.name().startsWith("OWNER")) {
        throw new IOException(
            "expected "
                + file
                + " to be its owner's alone (chmod 600), found that others may read it");
      }
    }
    return parsed(Files.readString(file, StandardCharsets.US_ASCII), file.toString());
  }

  byte[] readOrCreate() throws IOException {
    var there = read();
    if (there != null) return there;
    var random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    var folder = Files.createDirectories(file.getParent());
    // A file of that name has its key from the first moment on: what is cut off leaves none.
    var made =
        Files.createTempFile(
            folder, ".secrets", ".key", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      Files.writeString(made, HexFormat.of().formatHex(random) + "\n", StandardCharsets.US_ASCII);
      Files.createLink(file, made);
      return random;
    } catch (FileAlreadyExistsException _) {
      var others = read();
      if (others == null) throw new IOException(file + " comes and goes");
      return others;
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private static byte[] parsed(String text, String where) throws IOException {
    var stripped = text.strip();
    if (KEY.matcher(stripped).matches()) return HexFormat.of().parseHex(stripped);
    throw new IOException("expected 64 hexadecimal digits in " + where + ", found something else");
  }
}
