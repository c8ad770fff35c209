package dev.muster.node.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Paths that instruction files name, made safe. Nothing a worker writes can lead the runtime,
/// which reads and writes with the rights of its operator, out of the folder it means to stay in.
public final class WorkspacePath {
  /// The file that a relative path means inside a folder.
  ///
  /// @throws UnsafePathException when the path is absolute, empty, the folder itself, or leaves it
  public static Path inside(Path folder, String relative) throws UnsafePathException {
    try {
      var path = Path.of(relative).normalize();
      if (relative.isBlank() || path.toString().isEmpty()) {
        throw new UnsafePathException(relative, "it names no file");
      }
      if (path.isAbsolute()) throw new UnsafePathException(relative, "it is absolute");
      if (path.startsWith("..")) throw new UnsafePathException(relative, "it leaves the workspace");
      return folder.resolve(path);
    } catch (InvalidPathException e) {
      throw new UnsafePathException(relative, "it is not a path");
    }
  }

  /// Fails when the path, or any folder between it and `folder`, is a symbolic link.
  public static void refuseLinks(Path folder, Path file) throws UnsafePathException {
    var current = folder;
    for (var name : folder.relativize(file)) {
      current = current.resolve(name);
      if (Files.isSymbolicLink(current)) {
        throw new UnsafePathException(
            FileNames.shown(folder.relativize(file)),
            "`" + FileNames.shown(folder.relativize(current)) + "` is a symbolic link");
      }
    }
  }

  /// A run or worker id as the name of a folder.
  static String name(String id) {
    if (!id.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")) {
      throw new IllegalArgumentException(
          "expected an id of letters, digits, `_`, `.` and `-`, found `" + id + "`");
    }
    return id;
  }

  /// The path leads somewhere it must not.
  public static final class UnsafePathException extends IOException {
    private static final long serialVersionUID = 1L;
    private final String path;

    /// As it was written.
    public String path() {
      return path;
    }

    UnsafePathException(String path, String why) {
      super(
          "expected a path inside the workspace that is no symbolic link, found `%s`: %s"
              .formatted(path, why));
      this.path = path;
    }
  }

  private WorkspacePath() {}
}
