package dev.muster.orchestrator.readside.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Whether results would be written where they seem to be. A link may have come with a repository
/// and leads what is delivered over somebody's files.
public final class ResultsPlace {
  private static final int ROOT = 0;

  private ResultsPlace() {}

  /// What is wrong with a folder that was chosen for results, as the rest of a sentence; null when
  /// nothing is.
  public static @Nullable String problem(Path results) throws IOException {
    var link = link(results);
    if (link != null)
      return link + ", and may have come with a repository; choose the folder itself";
    if (!Files.exists(results)) return null;
    var owner = (Integer) Files.getAttribute(results, "unix:uid");
    return owner == ROOT || owner.equals(own()) || !knowsOwners()
        ? null
        : results + " belongs to " + Files.getOwner(results).getName();
  }

  /// The same for a file below it: the first folder on the way that is a link; null when none is.
  ///
  /// @param results how far up the way goes
  static @Nullable String linkOnTheWay(Path results, Path file) {
    var found = link(results);
    for (var at = file.getParent();
        found == null && at != null && at.startsWith(results);
        at = at.getParent()) {
      found = link(at);
    }
    return found;
  }

  private static @Nullable String link(Path path) {
    if (!Files.isSymbolicLink(path)) return null;
    try {
      return path + " is a link to " + Files.readSymbolicLink(path);
    } catch (IOException _) {
      return path + " is a link";
    }
  }

  private static Object own() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  /// In a namespace of users many owners look like one.
  private static boolean knowsOwners() throws IOException {
    var map = Files.readString(Path.of("/proc/self/uid_map")).strip().split("\\s+", -1);
    return map.length == 3 && map[2].equals("4294967295");
  }
}
