package dev.muster.node.executor;

import dev.muster.protocol.run.FolderRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The folders outside the workspace that an operation declares, as paths of this host.
///
/// @param problem why one of them can never be permitted; null when all can
record PermittedFolders(List<Path> folders, @Nullable String problem) {
  PermittedFolders {
    folders = List.copyOf(folders);
  }

  static PermittedFolders of(
      List<String> writes, AttemptTarget target, Path home, Path data, List<Path> hidden) {
    var folders = new ArrayList<Path>();
    for (var write : writes) {
      var folder = target.path().resolve(write).normalize();
      var problem = onlyHere(folder, target);
      if (problem == null) problem = FolderRules.refuseWrites(folder, home, data, hidden);
      if (problem == null) problem = lookOnDisk(folder);
      if (problem != null) return new PermittedFolders(List.of(), problem);
      folders.add(folder);
    }
    return new PermittedFolders(folders, null);
  }

  private static @Nullable String onlyHere(Path folder, AttemptTarget target) {
    if (!target.isCopy() || !folder.startsWith(target.path())) return null;
    return "no permit can make %s writable: this node has a copy of the target, and a change would stay in it; share folders between the nodes (files = shared)"
        .formatted(folder);
  }

  /// What an operator approved is what the path says, so no part of it may lead elsewhere.
  private static @Nullable String lookOnDisk(Path folder) {
    for (var part = folder; part != null; part = part.getParent()) {
      if (Files.isSymbolicLink(part)) {
        return "no permit can make %s writable: %s is a symbolic link".formatted(folder, part);
      }
      if (Files.exists(part, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(part)) {
        return "no permit can make %s writable: %s is not a folder".formatted(folder, part);
      }
    }
    return null;
  }

  /// Makes those that are missing. Only with a permit in hand.
  ///
  /// @throws IOException also when one became a link since it was looked at
  void create() throws IOException {
    for (var folder : folders) {
      Files.createDirectories(folder);
      var now = lookOnDisk(folder);
      if (now != null) throw new IOException(now);
    }
  }
}
