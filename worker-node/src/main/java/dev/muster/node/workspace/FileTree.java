package dev.muster.node.workspace;

import dev.muster.protocol.proof.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a tree held at one moment: every file, link and folder below its root, by path.
public record FileTree(List<Entry> entries) {
  public static final FileTree EMPTY = new FileTree(List.of());

  private static final int CHANGES_SAID_MAX = 50;

  public FileTree {
    entries = entries.stream().sorted(Comparator.comparing(Entry::path)).toList();
  }

  /// What stands at one path.
  public enum Kind {
    FILE,
    LINK,
    FOLDER,
    /// A socket, a pipe or a device: it has no content of its own.
    OTHER
  }

  /// @param path relative to the root, as people can read it
  /// @param content SHA-256 of a file, where a link leads, else empty
  /// @param mode permissions as a number
  /// @param modifiedNanos since 1970; no part of the digest
  public record Entry(
      String path, Kind kind, String content, long bytes, int mode, long modifiedNanos) {
    private static final int OWNER_EXECUTES = 0100;

    boolean executable() {
      return kind == Kind.FILE && (mode & OWNER_EXECUTES) != 0;
    }

    private boolean isSame(Entry other) {
      return kind == other.kind
          && content.equals(other.content)
          && executable() == other.executable();
    }
  }

  /// The same for the same names and contents, whenever and wherever they were made.
  public String digest() {
    var digest = Sha256.digest();
    for (var entry : entries) {
      add(digest, entry.path());
      add(digest, entry.kind().name());
      add(digest, entry.content());
      add(digest, entry.executable() ? "x" : "-");
    }
    return Sha256.hex(digest);
  }

  /// Length first, so that no two lists of texts run together to the same bytes.
  private static void add(MessageDigest digest, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    for (var shift = 24; shift >= 0; shift -= 8) digest.update((byte) (bytes.length >> shift));
    digest.update(bytes);
  }

  public List<Entry> files() {
    return entries.stream().filter(entry -> entry.kind() == Kind.FILE).toList();
  }

  public long bytes() {
    return entries.stream().mapToLong(Entry::bytes).sum();
  }

  /// Its files and links, but for those below some folders.
  ///
  /// @param folders relative to the root
  public FileTree contentOutside(List<Path> folders) {
    return new FileTree(
        entries.stream()
            .filter(entry -> entry.kind() != Kind.FOLDER)
            .filter(entry -> folders.stream().noneMatch(Path.of(entry.path())::startsWith))
            .toList());
  }

  /// Whether nothing stands in it.
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /// What has changed since an earlier time, one line each and not too many.
  public List<String> changesSince(FileTree earlier) {
    var before = byPath(earlier);
    var changes = new ArrayList<String>();
    for (var entry : entries) {
      var was = before.remove(entry.path());
      if (was == null) {
        changes.add(entry.path() + " is new" + size(entry));
      } else if (!entry.isSame(was)) {
        changes.add(entry.path() + " has changed" + size(entry));
      }
    }
    before.keySet().forEach(path -> changes.add(path + " is gone"));
    if (changes.size() <= CHANGES_SAID_MAX) return List.copyOf(changes);
    var said = new ArrayList<>(changes.subList(0, CHANGES_SAID_MAX));
    said.add("and " + (changes.size() - CHANGES_SAID_MAX) + " more");
    return said;
  }

  /// The paths that are new, gone, or have another content.
  public Stream<String> pathsChangedSince(FileTree earlier) {
    var before = byPath(earlier);
    var changed = new ArrayList<String>();
    for (var entry : entries) {
      var was = before.remove(entry.path());
      if (was == null || !entry.isSame(was)) changed.add(entry.path());
    }
    return Stream.concat(changed.stream(), before.keySet().stream());
  }

  private static String size(Entry entry) {
    return entry.kind() == Kind.FILE ? " (" + entry.bytes() + " bytes)" : "";
  }

  private static Map<String, Entry> byPath(FileTree tree) {
    var all = new LinkedHashMap<String, Entry>();
    tree.entries().forEach(entry -> all.put(entry.path(), entry));
    return all;
  }
}
