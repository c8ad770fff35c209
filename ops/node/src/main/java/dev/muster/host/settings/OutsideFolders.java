package dev.muster.host.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Folders outside of every target, by commas.
final class OutsideFolders {
  private OutsideFolders() {}

  /// Null when one of them is no absolute folder, or the root.
  static @Nullable List<Path> of(String text, Map<String, String> environment) {
    var folders = new ArrayList<Path>();
    for (var word : text.split(",", -1)) {
      if (word.isBlank()) continue;
      var folder = folder(word.strip(), environment.getOrDefault("HOME", ""));
      if (folder == null) return null;
      folders.add(folder);
    }
    return folders;
  }

  private static @Nullable Path folder(String word, String home) {
    try {
      var path = Path.of(word.startsWith("~/") ? home + word.substring(1) : word).normalize();
      return path.isAbsolute() && path.getNameCount() > 0 ? path : null;
    } catch (InvalidPathException _) {
      return null;
    }
  }
}
