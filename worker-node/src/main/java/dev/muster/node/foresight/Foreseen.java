package dev.muster.node.foresight;

import dev.muster.node.foresight.Landscape.Spot;
import dev.muster.node.workspace.FileTree.Entry;
import dev.muster.node.workspace.FileTree.Kind;
import dev.muster.protocol.approval.Preview;
import dev.muster.protocol.approval.Preview.Change;
import dev.muster.protocol.approval.Preview.Deletion;
import dev.muster.protocol.approval.Preview.Place;
import dev.muster.protocol.approval.Preview.Unforeseen;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.text.UnifiedDiff;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what is foreseen, as much of it as a person can look through.
final class Foreseen {
  private static final int LINES_MAX = 100;
  private static final int NAMES_MAX = 20;
  private static final int TEXT_CHARS_MAX = 400;
  private static final int DIFF_CHARS_MAX = 64 << 10;

  private final List<Deletion> deletions = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Unforeseen> unforeseen = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int diffChars;
  private long leftOut;

  void delete(Spot spot, List<Entry> entries) {
    if (deletions.size() == LINES_MAX) {
      leftOut++;
      return;
    }
    var folder = spot.path().isEmpty() ? 0 : spot.path().length() + 1;
    var names =
        entries.stream()
            .limit(NAMES_MAX)
            .map(it -> it.path().length() > folder ? it.path().substring(folder) : it.path())
            .toList();
    var bytes = entries.stream().mapToLong(Entry::bytes).sum();
    deletions.add(new Deletion(spot.shown(), entries.size(), bytes, names));
  }

  /// @param entry what would be there then
  /// @param content of it; null when it is too large, or not what was looked at
  void write(Spot spot, Entry entry, byte @Nullable [] content) {
    write(spot, entry.content(), entry.bytes(), content);
  }

  /// What was written there is there no more.
  void forget(String path) {
    changes.removeIf(it -> it.path().equals(path));
  }

  void write(Spot spot, byte[] content) {
    write(spot, Sha256.of(content), content.length, content);
  }

  private void write(Spot spot, String after, long bytesAfter, byte @Nullable [] content) {
    if (changes.size() == LINES_MAX) {
      leftOut++;
      return;
    }
    var was = spot.entry();
    var before = was == null || was.kind() != Kind.FILE ? null : was.content();
    var bytesBefore = before == null || was == null ? 0 : was.bytes();
    var old = before == null ? new byte[0] : spot.read();
    changes.add(diff(spot.shown(), before, bytesBefore, after, bytesAfter, old, content));
  }

  private Change diff(
      String path,
      @Nullable String before,
      long bytesBefore,
      String after,
      long bytesAfter,
      byte @Nullable [] old,
      byte @Nullable [] now) {
    if (after.equals(before)) {
      return new Change(
          path, before, bytesBefore, after, bytesAfter, 0, 0, null, "it is that already");
    }
    if (old == null || now == null) {
      var why = "it is larger than what is compared, or has changed since it was looked at";
      return new Change(path, before, bytesBefore, after, bytesAfter, 0, 0, null, why);
    }
    var oldText = UnifiedDiff.text(old);
    var nowText = UnifiedDiff.text(now);
    if (oldText == null || nowText == null) {
      return new Change(path, before, bytesBefore, after, bytesAfter, 0, 0, null, "it is binary");
    }
    var diff = UnifiedDiff.of(oldText, nowText, DIFF_CHARS_MAX - diffChars);
    diffChars += diff.text().length();
    var why = diff.cut() ? "the rest is left out: 64 KiB are shown of one request" : null;
    return new Change(
        path,
        before,
        bytesBefore,
        after,
        bytesAfter,
        diff.added(),
        diff.removed(),
        diff.text(),
        why);
  }

  void unforeseen(Statement statement, String why, List<Place> names) {
    if (unforeseen.size() == LINES_MAX) {
      leftOut++;
      return;
    }
    unforeseen.add(new Unforeseen(cut(statement.text()), why, names));
  }

  private static String cut(String text) {
    return text.length() <= TEXT_CHARS_MAX
        ? text
        : text.substring(0, TEXT_CHARS_MAX)
            + " … (%d more characters)".formatted(text.length() - TEXT_CHARS_MAX);
  }

  void note(String words) {
    if (notes.size() < LINES_MAX && !notes.contains(words)) notes.add(words);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  Preview preview(Landscape landscape) {
    var places =
        landscape.content().written().entrySet().stream()
            .map(it -> place(it.getKey(), it.getValue().entries()))
            .toList();
    if (leftOut > 0) note("%d more are left out".formatted(leftOut));
    return new Preview(places, deletions, changes, unforeseen, notes);
  }

  static Place place(String path, List<Entry> entries) {
    var files = entries.stream().filter(it -> it.kind() != Kind.FOLDER).toList();
    return new Place(path, files.size(), files.stream().mapToLong(Entry::bytes).sum());
  }
}
