package dev.muster.node.executor;

import dev.muster.node.workspace.RealFolder;
import dev.muster.protocol.run.FolderRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The folders outside the workspace that an operation declares, as paths of this host.
///
/// @param problem why one of them can never be permitted; null when all can
/// @param outside whether one of them lies outside the target, or where others take orders from
record PermittedFolders(List<Path> folders, @Nullable String problem, boolean outside) {
  static final PermittedFolders NONE = new PermittedFolders(List.of(), null, false);

  PermittedFolders {
    folders = List.copyOf(folders);
  }

  static PermittedFolders of(
      List<String> writes, AttemptTarget target, Workplace workplace, List<Path> hidden) {
    var folders = new ArrayList<Path>();
    var outside = false;
    for (var write : writes) {
      var folder = target.path().resolve(write).normalize();
      var problem = onlyHere(folder, target);
      if (problem == null) {
        problem = FolderRules.refuseWrites(folder, workplace.home(), workplace.data(), hidden);
      }
      if (problem == null) problem = lookOnDisk(folder);
      if (problem == null) problem = notBelow(folder, target, workplace);
      if (problem == null) problem = ofANode(folder);
      if (problem != null) return new PermittedFolders(List.of(), problem, false);
      folders.add(folder);
      outside |= !folder.startsWith(target.path()) || FolderRules.commands(folder, target.path());
    }
    return new PermittedFolders(folders, null, outside);
  }

  private static @Nullable String onlyHere(Path folder, AttemptTarget target) {
    if (!target.isCopy() || !folder.startsWith(target.path())) return null;
    return "no permit can make %s writable: this node has a copy of the target, and a change would stay in it; share folders between the nodes (files = shared)"
        .formatted(folder);
  }

  private static @Nullable String notBelow(Path folder, AttemptTarget target, Workplace workplace) {
    if (folder.startsWith(target.path())) return null;
    if (workplace.writeOutside().stream().anyMatch(folder::startsWith)) return null;
    return "no permit can make %s writable: it lies outside the target %s; if that is meant, add it to approvals.write-outside in your own settings"
        .formatted(folder, target.path());
  }

  /// The data folder of any node, not only of this one: whoever writes there commands it.
  private static @Nullable String ofANode(Path folder) {
    for (var part = folder; part != null; part = part.getParent()) {
      if (Files.exists(part.resolve("operator.token"), LinkOption.NOFOLLOW_LINKS)) {
        return "no permit can make %s writable: %s is the data folder of a node"
            .formatted(folder, part);
      }
    }
    return null;
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
  /// @return device and inode of each, for whoever looks again when they are in use
  /// @throws IOException also when one became a link since it was looked at
  Map<Path, String> create() throws IOException {
    var real = new LinkedHashMap<Path, String>();
    for (var folder : folders) real.put(folder, RealFolder.make(folder));
    return real;
  }
}
