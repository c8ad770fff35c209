package dev.muster.node.workspace;

import dev.muster.node.workspace.FileTree.Entry;
import dev.muster.node.workspace.FileTree.Kind;
import dev.muster.protocol.proof.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads a tree, and copies it when it is to be kept, folder by folder through open descriptors: no
/// link is ever followed, also not one that takes the place of a folder while this reads.
public final class TreeScan {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private static final int DEPTH_MAX = 200;
  private static final int OWNER = 0700;

  /// How much is looked at before it is given up.
  public record Bounds(int filesMax, long bytesMax) {}

  /// There is more than the bounds allow, or something that cannot be taken.
  public static final class NotTakenException extends IOException {
    private static final long serialVersionUID = 1L;

    NotTakenException(String message) {
      super(message);
    }
  }

  private final Path root;
  private final Bounds bounds;
  private final List<Path> leaveOut;
  private final @Nullable Path copy;
  private final boolean keeps;
  private final boolean all;
  private final List<Entry> entries = new ArrayList<>();
  private long bytes;

  private TreeScan(
      Path root,
      Bounds bounds,
      List<Path> leaveOut,
      @Nullable Path copy,
      boolean keeps,
      boolean all) {
    this.root = root;
    this.bounds = bounds;
    this.leaveOut = leaveOut;
    this.copy = copy;
    this.keeps = keeps;
    this.all = all;
  }

  /// Everything below a folder that is to be kept: what cannot be named or read is refused, and
  /// sockets, pipes and devices are left out.
  public static FileTree whole(Path root, Bounds bounds) throws IOException {
    return scan(new TreeScan(root, bounds, List.of(), null, true, true));
  }

  /// What `copied` would copy.
  public static FileTree readable(Path root, Bounds bounds, List<Path> leaveOut)
      throws IOException {
    return scan(new TreeScan(root, bounds, leaveOut, null, true, false));
  }

  /// What a folder holds just now, to see later whether that has changed.
  ///
  /// @param leaveOut absolute paths that are not looked into
  public static FileTree glance(Path root, Bounds bounds, List<Path> leaveOut) throws IOException {
    return scan(new TreeScan(root, bounds, leaveOut, null, false, false));
  }

  /// Device and inode of a folder, whose own name is not followed.
  public static String key(Path folder) throws IOException {
    var all = Files.readAttributes(folder, "unix:dev,ino", LinkOption.NOFOLLOW_LINKS);
    return all.get("dev") + ":" + all.get("ino");
  }

  /// Copies everything below a folder into an empty one, but for what this user cannot read: nobody
  /// who works for it could.
  public static FileTree copied(Path root, Bounds bounds, List<Path> leaveOut, Path copy)
      throws IOException {
    return scan(new TreeScan(root, bounds, leaveOut, copy, true, false));
  }

  /// Copies single files and folders into an empty folder; what is not there is left out.
  ///
  /// @param copy null to look only
  public static FileTree parts(
      Path root, List<String> parts, Bounds bounds, List<Path> leaveOut, @Nullable Path copy)
      throws IOException {
    var scan = new TreeScan(root, bounds, leaveOut, copy, true, false);
    try (var stream = open(root)) {
      for (var part : parts) {
        var path = WorkspacePath.inside(root, part);
        scan.descend(stream, root, root.relativize(path), 0);
      }
    }
    return new FileTree(scan.entries.stream().distinct().toList());
  }

  private static FileTree scan(TreeScan scan) throws IOException {
    if (!Files.isDirectory(scan.root, LinkOption.NOFOLLOW_LINKS)) return FileTree.EMPTY;
    try (var stream = open(scan.root)) {
      scan.folder(stream, scan.root, 0);
    }
    return new FileTree(scan.entries);
  }

  @SuppressWarnings("StreamResourceLeak") // who asks for it closes it
  private static SecureDirectoryStream<Path> open(Path folder) throws IOException {
    var stream = Files.newDirectoryStream(folder);
    if (stream instanceof SecureDirectoryStream<Path> secure) return secure;
    stream.close();
    throw new IOException("this system cannot read " + folder + " by descriptor");
  }

  /// Goes down to a part of the tree, making the folders above it as they are.
  private void descend(SecureDirectoryStream<Path> in, Path at, Path rest, int depth)
      throws IOException {
    var name = rest.getName(0);
    var path = at.resolve(name);
    if (rest.getNameCount() == 1) {
      one(in, path, depth);
      return;
    }
    try {
      var attributes = attributes(in, name);
      if (attributes.isSymbolicLink()) {
        throw new NotTakenException(
            "`%s` is a symbolic link, and what it leads to is not covered: name that instead"
                .formatted(shown(path)));
      }
      if (!attributes.isDirectory()) return;
      note(path, Kind.FOLDER, "", 0, attributes);
      makeFolder(path);
      try (var below = in.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
        descend(below, path, rest.subpath(1, rest.getNameCount()), depth + 1);
      }
    } catch (NoSuchFileException _) {
      // What is not there is not covered, and will not be there.
    }
  }

  private void folder(SecureDirectoryStream<Path> folder, Path at, int depth) throws IOException {
    if (depth > DEPTH_MAX) {
      throw new NotTakenException(
          "expected at most %d folders in one another, found more below `%s`"
              .formatted(DEPTH_MAX, shown(at)));
    }
    for (var found : folder) one(folder, at.resolve(found.getFileName()), depth);
  }

  private void one(SecureDirectoryStream<Path> in, Path path, int depth) throws IOException {
    if (leaveOut.contains(path)) return;
    var name = path.getFileName();
    try {
      var attributes = attributes(in, name);
      if (attributes.isSymbolicLink()) {
        link(path, attributes);
      } else if (attributes.isDirectory()) {
        note(path, Kind.FOLDER, "", 0, attributes);
        makeFolder(path);
        try (var below = in.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
          folder(below, path, depth + 1);
        }
        finishFolder(path, attributes);
      } else if (attributes.isRegularFile()) {
        file(in, path, attributes);
      } else if (!keeps) {
        note(path, Kind.OTHER, "", 0, attributes);
      }
    } catch (NoSuchFileException _) {
      // It has gone while this was reading.
    } catch (AccessDeniedException _) {
      if (all) {
        throw new NotTakenException("`" + shown(path) + "` cannot be read, so it is not known");
      }
    }
  }

  private static PosixFileAttributes attributes(SecureDirectoryStream<Path> in, Path name)
      throws IOException {
    return in.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  private void link(Path path, PosixFileAttributes attributes) throws IOException {
    var leadsTo = Files.readSymbolicLink(path);
    if (keeps && !FileNames.isText(leadsTo)) throw nameless(path);
    note(path, Kind.LINK, keeps ? leadsTo.toString() : FileNames.shown(leadsTo), 0, attributes);
    if (copy != null) Files.createSymbolicLink(copyOf(path), leadsTo);
  }

  private void file(SecureDirectoryStream<Path> in, Path path, PosixFileAttributes attributes)
      throws IOException {
    bytes += attributes.size();
    if (bytes > bounds.bytesMax()) {
      throw new NotTakenException("it holds more than %d MiB".formatted(bounds.bytesMax() >> 20));
    }
    var digest = Sha256.digest();
    long read;
    try (var from = in.newByteChannel(path.getFileName(), READ);
        var to = copy == null ? OutputStream.nullOutputStream() : newFile(copyOf(path))) {
      read = Channels.newInputStream(from).transferTo(new DigestOutputStream(to, digest));
    }
    bytes += read - attributes.size();
    note(path, Kind.FILE, Sha256.hex(digest), read, attributes);
    if (copy != null) {
      Files.setAttribute(copyOf(path), "unix:mode", Modes.of(attributes));
      Files.setLastModifiedTime(copyOf(path), attributes.lastModifiedTime());
    }
  }

  private static OutputStream newFile(Path path) throws IOException {
    return Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private void note(Path path, Kind kind, String content, long size, PosixFileAttributes attributes)
      throws IOException {
    if (entries.size() >= bounds.filesMax()) {
      throw new NotTakenException(
          "it holds more than %d files and folders".formatted(bounds.filesMax()));
    }
    if (keeps && !FileNames.isText(path)) throw nameless(path);
    var relative = root.relativize(path);
    entries.add(
        new Entry(
            keeps ? relative.toString() : FileNames.shown(relative),
            kind,
            content,
            size,
            Modes.of(attributes),
            attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)));
  }

  private NotTakenException nameless(Path path) {
    return new NotTakenException("expected file names in UTF-8, found `%s`".formatted(shown(path)));
  }

  /// The owner keeps its ways in, or nothing could be put there.
  private void makeFolder(Path path) throws IOException {
    if (copy == null || Files.isDirectory(copyOf(path), LinkOption.NOFOLLOW_LINKS)) return;
    Files.createDirectory(copyOf(path));
  }

  private void finishFolder(Path path, PosixFileAttributes attributes) throws IOException {
    if (copy == null) return;
    Files.setAttribute(copyOf(path), "unix:mode", Modes.of(attributes) | OWNER);
    Files.setLastModifiedTime(
        copyOf(path), FileTime.from(attributes.lastModifiedTime().toInstant()));
  }

  private Path copyOf(Path path) {
    if (copy == null) throw new IllegalStateException("nothing is copied here");
    return copy.resolve(root.relativize(path));
  }

  private String shown(Path path) {
    return FileNames.shown(root.relativize(path));
  }
}
