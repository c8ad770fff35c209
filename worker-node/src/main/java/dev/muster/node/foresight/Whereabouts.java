package dev.muster.node.foresight;

import dev.muster.node.foresight.Statement.Word;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// In which folder the commands of a script are, as far as anybody can say.
final class Whereabouts {
  private final Landscape landscape;

  /// Null once nobody knows.
  private @Nullable Path here;

  private boolean moved;

  /// By a `cd` before an `&&`, which ends nothing when it fails.
  private boolean mayHaveMoved;

  Whereabouts(Landscape landscape) {
    this.landscape = landscape;
    this.here = landscape.work();
  }

  void before(Statement it) {
    if (it.follows()) {
      mayHaveMoved |= moved;
      return;
    }
    if (mayHaveMoved) here = null;
    moved = false;
    mayHaveMoved = false;
  }

  /// @return why nobody can say where it goes; null when it is there
  @Nullable String cd(Statement it) {
    var to = it.operands().size() == 1 ? it.operands().getFirst() : null;
    var folder = to == null || to.text().equals("-") || to.pattern() ? null : path(to);
    if (folder == null || !it.options().isEmpty()) return "where it goes is not said";
    var spot = landscape.at(folder);
    if (spot == null || !spot.isFolder() || spot.leadsElsewhere()) {
      return "whether there is such a folder is known only when it runs";
    }
    here = folder;
    moved = true;
    return null;
  }

  /// Null when nobody can say which.
  @Nullable Path path(Word word) {
    if (word.text().isEmpty()) return null;
    try {
      var path = Path.of(word.text());
      if (turnsBack(path)) return null;
      if (path.isAbsolute()) return path.normalize();
      return here == null ? null : here.resolve(path).normalize();
    } catch (InvalidPathException _) {
      return null;
    }
  }

  /// `a/..` is elsewhere where `a` is a link.
  private static boolean turnsBack(Path path) {
    var isDown = false;
    for (var name : path) {
      var isUp = name.toString().equals("..");
      if (isUp && isDown) return true;
      isDown |= !isUp && !name.toString().equals(".");
    }
    return false;
  }
}
