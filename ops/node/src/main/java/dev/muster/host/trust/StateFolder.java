package dev.muster.host.trust;

import dev.muster.protocol.proof.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The user's own folder of what Muster remembers beside the projects: `$XDG_STATE_HOME/muster`, or
/// `~/.local/state/muster`. What is in it is believed, so nobody else may write there.
public final class StateFolder {
  private static final int DIGITS = 12;
  private static final int NAME_MAX = 40;

  private final Path path;

  /// @param path absolute; need not exist
  public StateFolder(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  public Path path() {
    return path;
  }

  /// Why nothing in it can be believed; null when it is this user's own, or not there.
  public @Nullable String problem() {
    try {
      return new SafePath(Owner.ofProcess()).problem(path);
    } catch (IOException | UnsupportedOperationException e) {
      return path + " cannot be looked at: " + e;
    }
  }

  /// A folder of it, made if it is not there, for nobody else to look into.
  ///
  /// @throws IOException in words when it is not this user's own, or cannot be written
  Path folder(String name) throws IOException {
    var problem = problem();
    if (problem != null) throw unusable(problem, null);
    try {
      return Files.createDirectories(
          path.resolve(name),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw unusable(e.toString(), e);
    }
  }

  private IOException unusable(String found, @Nullable Throwable cause) {
    return new IOException(
        "nothing can be remembered in this user's state folder %s, found: %s; set XDG_STATE_HOME to a folder of yours"
            .formatted(path, found),
        cause);
  }

  /// Where the data of a project are, which is the folder that Muster is called in.
  public Path dataOf(Path project) {
    var real = real(project);
    var named = real.getFileName() == null ? "root" : real.getFileName().toString();
    var name = named.replaceAll("[^A-Za-z0-9._-]", "_");
    if (name.startsWith(".")) name = "_" + name.substring(1);
    if (name.length() > NAME_MAX) name = name.substring(0, NAME_MAX);
    return path.resolve(name + "-" + Sha256.of(real.toString()).substring(0, DIGITS));
  }

  /// Free of links, where it is there.
  public static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException _) {
      return path.toAbsolutePath().normalize();
    }
  }
}
