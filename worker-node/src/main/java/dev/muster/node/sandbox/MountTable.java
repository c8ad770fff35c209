package dev.muster.node.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is mounted where, as a thread of this JVM sees it (proc_pid_mountinfo(5)).
final class MountTable {
  /// The bytes of names in the file system, as this JVM turns them into text and back.
  static final Charset NAMES = names();

  private final List<Entry> entries;
  private final List<Entry> reachable = new ArrayList<>();
  private final int lines;

  private MountTable(List<Entry> entries, int lines) {
    this.entries = List.copyOf(entries);
    this.lines = lines;
    findReachable();
  }

  /// @param root the part of its file system that is mounted
  /// @param options of this mount, such as `ro` and `noexec`
  /// @param superOptions of the whole file system
  record Entry(
      int id,
      int parent,
      String root,
      Path point,
      Set<String> options,
      String type,
      String superOptions) {}

  /// As the calling thread sees it, which may have mounts of its own.
  static MountTable read() throws IOException {
    // The encoding does not matter: what is not ASCII is put together again byte by byte.
    var file = Path.of("/proc/thread-self/mountinfo");
    return parse(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
  }

  static MountTable parse(List<String> lines) {
    return new MountTable(
        lines.stream().map(MountTable::entry).filter(Objects::nonNull).toList(), lines.size());
  }

  List<Entry> entries() {
    return entries;
  }

  /// Also those that could not be read.
  int lines() {
    return lines;
  }

  /// The mount that the path lies on.
  Entry holding(Path path) {
    return reachable.stream()
        .filter(entry -> path.startsWith(entry.point))
        .max(Comparator.comparingInt(entry -> entry.point.getNameCount()))
        .orElseThrow(() -> new IllegalStateException("no mount holds " + path));
  }

  /// What is mounted below the path and can be reached there, upper ones first.
  List<Entry> below(Path path) {
    return reachable.stream()
        .filter(entry -> entry.point.startsWith(path) && !entry.point.equals(path))
        .toList();
  }

  /// All but those over which, or over a folder above which, something else was mounted. Of several
  /// on one folder the last is the uppermost.
  private void findReachable() {
    var parents = new HashMap<Integer, Integer>();
    for (var entry : entries) parents.put(entry.id, entry.parent);
    var order = new ArrayList<>(entries.reversed());
    order.sort(Comparator.comparingInt(entry -> entry.point.getNameCount()));
    for (var entry : order) {
      var above = above(entry, parents);
      var covered =
          reachable.stream()
              .anyMatch(other -> entry.point.startsWith(other.point) && !above.contains(other.id));
      if (!covered) reachable.add(entry);
    }
  }

  private static Set<Integer> above(Entry entry, Map<Integer, Integer> parents) {
    var above = new HashSet<Integer>();
    var id = parents.get(entry.id);
    while (id != null && above.add(id)) id = parents.get(id);
    return above;
  }

  private static @Nullable Entry entry(String line) {
    var halves = line.split(" - ", 2);
    if (halves.length < 2) return null;
    var before = halves[0].split(" ", -1);
    var after = halves[1].split(" ", -1);
    if (before.length < 6 || after.length < 3) return null;
    try {
      return new Entry(
          Integer.parseInt(before[0]),
          Integer.parseInt(before[1]),
          text(before[3]),
          Path.of(text(before[4])),
          Set.copyOf(List.of(before[5].split(","))),
          after[0],
          after[2]);
    } catch (NumberFormatException | InvalidPathException _) {
      return null;
    }
  }

  /// Blanks and the like are written as `\040`.
  private static String text(String escaped) {
    var bytes = new ByteArrayOutputStream();
    for (var at = 0; at < escaped.length(); at++) {
      var next = escaped.charAt(at);
      if (next == '\\' && escaped.substring(at + 1).matches("(?s)[0-3][0-7]{2}.*")) {
        bytes.write(Integer.parseInt(escaped.substring(at + 1, at + 4), 8));
        at += 3;
      } else {
        bytes.write(next);
      }
    }
    return bytes.toString(NAMES);
  }

  private static Charset names() {
    return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
  }
}
