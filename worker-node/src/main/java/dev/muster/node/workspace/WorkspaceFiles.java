package dev.muster.node.workspace;

import dev.muster.node.workspace.WorkspacePath.UnsafePathException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Single files of a folder that belongs to somebody who may want the runtime to read or write
/// elsewhere. Every name on the way is opened below the one before and never through a link, also
/// not one that was put there a moment ago; nothing but a regular file is ever opened to be read;
/// and what is written takes the place of a name, so that nothing is written through a hard link.
public final class WorkspaceFiles {
  private static final Path WRITING = Path.of(".muster-writing");
  private static final String PLAIN = "rw-r--r--";
  private static final String EXECUTABLE = "rwxr-xr-x";
  private static final int OWNER_EXECUTES = 0100;

  private final Path root;

  /// What stands at a name.
  ///
  /// @param leadsTo of a link, as people can read it; empty for anything else
  public record Found(FileTree.Kind kind, long bytes, String leadsTo) {}

  /// A name in a folder.
  ///
  /// @param name as people can read it
  /// @param path as it is
  public record Named(String name, Path path, Found found) {}

  private WorkspaceFiles(Path root) {
    this.root = root;
  }

  /// @param root that nobody but the runtime can exchange
  public static WorkspaceFiles in(Path root) throws IOException {
    return new WorkspaceFiles(root.toRealPath());
  }

  /// A path as somebody wrote it, below the folder; empty for the folder itself.
  ///
  /// @throws UnsafePathException when it leads out of the folder
  public Path path(String text) throws UnsafePathException {
    if (text.equals(".") || text.equals("./")) return Path.of("");
    var path = root.relativize(WorkspacePath.inside(root, text));
    if (text.chars().anyMatch(Character::isISOControl) || !FileNames.isText(path)) {
      throw new UnsafePathException(FileNames.shown(path), "its name holds control characters");
    }
    return path;
  }

  /// Null when nothing is there.
  public @Nullable Found look(Path path) throws IOException {
    if (path.toString().isEmpty()) return new Found(FileTree.Kind.FOLDER, 0, "");
    try (var in = folder(path.getParent(), false)) {
      return in == null ? null : found(in.path().resolve(path.getFileName()));
    }
  }

  /// The whole content of a regular file.
  ///
  /// @throws NoSuchFileException when nothing is there
  /// @throws UnusableException when it is something else, or larger than may be read
  public byte[] read(Path path, int bytesMax) throws IOException {
    try (var in = folder(path.getParent(), false);
        var file = in == null ? null : in.open(path.getFileName())) {
      if (file == null) throw new NoSuchFileException(FileNames.shown(path));
      var attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
      if (!attributes.isRegularFile()) throw notAFile(path, attributes);
      if (attributes.size() > bytesMax) throw tooLarge(path, attributes.size(), bytesMax);
      try (var from = Channels.newInputStream(Files.newByteChannel(file.path()))) {
        var content = from.readNBytes(bytesMax + 1);
        if (content.length > bytesMax) throw tooLarge(path, content.length, bytesMax);
        return content;
      }
    }
  }

  /// Puts a file at a path, in place of one that is there, and makes the folders above it.
  ///
  /// @param executable null to leave it as it was
  /// @throws UnusableException when something else than a file is there
  public void write(Path path, byte[] content, @Nullable Boolean executable) throws IOException {
    write(path, new ByteArrayInputStream(content), executable);
  }

  /// Whether a regular file stands there with the same content as in another folder.
  public boolean holdsSame(Path path, WorkspaceFiles other) throws IOException {
    try (var in = folder(path.getParent(), false);
        var from = other.folder(path.getParent(), false);
        var mine = in == null ? null : in.open(path.getFileName());
        var its = from == null ? null : from.open(path.getFileName())) {
      return mine != null
          && its != null
          && isFile(mine)
          && isFile(its)
          && Files.mismatch(mine.path(), its.path()) < 0;
    } catch (UnusableException | UnsafePathException | AccessDeniedException _) {
      return false;
    }
  }

  /// Puts a regular file of another folder at the same path here. Whatever stands where it is
  /// written first goes, so that nobody keeps the file away.
  public void take(Path path, WorkspaceFiles other) throws IOException {
    clear(path.resolveSibling(WRITING));
    try (var from = other.folder(path.getParent(), false);
        var its = from == null ? null : from.open(path.getFileName())) {
      if (its == null || !isFile(its)) throw new NoSuchFileException(FileNames.shown(path));
      try (var content = Channels.newInputStream(Files.newByteChannel(its.path()))) {
        write(path, content, Files.isExecutable(its.path()));
      }
    }
  }

  private static boolean isFile(Opened opened) throws IOException {
    return Files.readAttributes(opened.path(), BasicFileAttributes.class).isRegularFile();
  }

  private void write(Path path, InputStream content, @Nullable Boolean executable)
      throws IOException {
    try (var in = folder(path.getParent(), true)) {
      if (in == null) throw new NoSuchFileException(FileNames.shown(path));
      var file = in.path().resolve(path.getFileName());
      var runs = executable;
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        var there =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (there.isSymbolicLink()) throw link(path, in, path.getFileName());
        if (!there.isRegularFile()) throw notAFile(path, there);
        if (runs == null) runs = (Legible.mode(file) & OWNER_EXECUTES) != 0;
      }
      var draft = in.path().resolve(WRITING);
      newFile(draft, content);
      Files.setPosixFilePermissions(
          draft, PosixFilePermissions.fromString(Boolean.TRUE.equals(runs) ? EXECUTABLE : PLAIN));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void newFile(Path draft, InputStream content) throws IOException {
    try {
      Files.deleteIfExists(draft);
      try (var to =
          Files.newByteChannel(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.transferTo(Channels.newOutputStream(to));
      }
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
      throw new UnusableException("`%s` stands in the way: remove it first".formatted(WRITING));
    }
  }

  /// Makes room for a path: whatever stands there goes, and so does what is no folder above it.
  public void clear(Path path) throws IOException {
    var above = Path.of("");
    for (var i = 0; i < path.getNameCount(); i++) {
      try (var in = folder(above, false)) {
        if (in == null) return;
        open(in);
        var here = in.path().resolve(path.getName(i));
        var last = i == path.getNameCount() - 1;
        if (last || !Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)) {
          Trees.delete(here);
          return;
        }
      }
      above = above.resolve(path.getName(i));
    }
  }

  /// Its owner may have shut it against us.
  private static void open(Opened folder) throws IOException {
    var path = folder.path();
    if (Files.isWritable(path) && Files.isExecutable(path) && Files.isReadable(path)) return;
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(EXECUTABLE));
  }

  /// Gives a folder back the permissions by which it can be looked into.
  public void open(Path path) throws IOException {
    try (var folder = folder(path, false)) {
      if (folder != null) open(folder);
    }
  }

  /// The names in a folder, in order.
  ///
  /// @param max at most so many of them; one more than that tells that there are more
  /// @throws NoSuchFileException when nothing is there
  public List<Named> list(Path path, int max) throws IOException {
    var all = new ArrayList<Named>();
    try (var in = folder(path, false)) {
      if (in == null) throw new NoSuchFileException(FileNames.shown(path));
      try (var names = Files.newDirectoryStream(in.path())) {
        for (var name : names) {
          var found = found(name);
          if (found == null) continue;
          all.add(new Named(FileNames.shown(name.getFileName()), name.getFileName(), found));
          if (all.size() > max) break;
        }
      }
    }
    all.sort((one, other) -> one.name().compareTo(other.name()));
    return all;
  }

  private static @Nullable Found found(Path at) throws IOException {
    try {
      var attributes =
          Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        return new Found(FileTree.Kind.LINK, 0, FileNames.shown(Files.readSymbolicLink(at)));
      }
      if (attributes.isDirectory()) return new Found(FileTree.Kind.FOLDER, 0, "");
      return attributes.isRegularFile()
          ? new Found(FileTree.Kind.FILE, attributes.size(), "")
          : new Found(FileTree.Kind.OTHER, 0, "");
    } catch (NoSuchFileException _) {
      return null;
    }
  }

  /// Null when it is not there, and is not to be made.
  private @Nullable Opened folder(@Nullable Path path, boolean make) throws IOException {
    var open = Opened.of(Openat.folder(Openat.IN_FRONT, root), root);
    if (path == null || path.toString().isEmpty()) return open;
    try {
      for (var name : path) {
        var next = Openat.folder(open.descriptor(), name);
        if (next == -Openat.ENOENT && make) {
          Openat.makeFolder(open.descriptor(), name);
          next = Openat.folder(open.descriptor(), name);
        }
        if (next < 0 && next != -Openat.ENOENT) throw inTheWay(path, open, name);
        open.close();
        if (next < 0) return null;
        open = new Opened(next);
      }
      return open;
    } catch (IOException e) {
      open.close();
      throw e;
    }
  }

  private IOException inTheWay(Path path, Opened in, Path name) throws IOException {
    var found = found(in.path().resolve(name));
    if (found != null && found.kind() == FileTree.Kind.LINK) return link(path, in, name);
    return new UnusableException(
        "`%s` is no folder that can be entered".formatted(FileNames.shown(name)));
  }

  /// One that stays in the folder is only not followed; one that leaves it is an attempt.
  private IOException link(Path path, Opened in, Path name) throws IOException {
    var at = in.path();
    var leadsTo = at.toRealPath().resolve(Files.readSymbolicLink(at.resolve(name))).normalize();
    var shown = FileNames.shown(name);
    return leadsTo.startsWith(root)
        ? new UnusableException("`%s` is a symbolic link, which is not followed".formatted(shown))
        : new UnsafePathException(
            FileNames.shown(path), "`" + shown + "` is a symbolic link out of it");
  }

  private IOException notAFile(Path path, BasicFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) {
      try (var in = folder(path.getParent(), false)) {
        if (in != null) return link(path, in, path.getFileName());
      }
    }
    var what = attributes.isDirectory() ? "a folder" : "a socket, pipe or device";
    return new UnusableException(
        "expected a file, found %s: `%s`".formatted(what, FileNames.shown(path)));
  }

  private static UnusableException tooLarge(Path path, long bytes, int bytesMax) {
    return new UnusableException(
        "`%s` holds %d bytes, more than the %d that can be read at once"
            .formatted(FileNames.shown(path), bytes, bytesMax));
  }
}
