package dev.muster.host.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells who else could exchange a file or folder, by its own mode and by that of every folder that
/// leads to it, with and without following links.
final class SafePath {
  private static final int OTHERS_WRITE = 0002;
  private static final int GROUP_WRITES = 0020;

  /// Of `/tmp`: what is in it can be renamed by its owner alone.
  private static final int STICKY = 01000;

  private final Owner me;

  SafePath(Owner me) {
    this.me = me;
  }

  /// Why what is there, or will be, cannot be relied upon; null when it can.
  ///
  /// @param path absolute
  @Nullable String problem(Path path) throws IOException {
    var existing = existing(path);
    for (var each : chain(existing)) {
      var problem = problemOf(each, !each.equals(path));
      if (problem != null) return problem;
    }
    return null;
  }

  /// The same for a folder whose own mode is looked at, and mended, by others.
  @Nullable String problemOfWay(Path folder) throws IOException {
    var existing = existing(folder);
    var real = existing.toRealPath();
    for (var each : chain(existing)) {
      var self = existing.equals(folder) && (each.equals(existing) || each.equals(real));
      var problem = self ? ownerProblem(each) : problemOf(each, true);
      if (problem != null) return problem;
    }
    return null;
  }

  static Path existing(Path path) {
    var at = path.toAbsolutePath().normalize();
    while (!Files.exists(at) && at.getParent() != null) at = at.getParent();
    return at;
  }

  /// Everything from the root to it: as it is written, and as it is.
  private static List<Path> chain(Path existing) throws IOException {
    var chain = new ArrayList<Path>();
    for (var leaf : List.of(existing, existing.toRealPath())) {
      for (@Nullable Path at = leaf; at != null; at = at.getParent()) {
        if (!chain.contains(at)) chain.addFirst(at);
      }
    }
    return chain;
  }

  private @Nullable String problemOf(Path path, boolean leads) throws IOException {
    var owner = ownerProblem(path);
    if (owner != null) return owner;
    var mode = (Integer) Files.getAttribute(path, "unix:mode");
    if (leads && (mode & STICKY) != 0) return null;
    if ((mode & OTHERS_WRITE) != 0) return path + " can be written by everybody";
    if ((mode & GROUP_WRITES) != 0 && !isPrivate(path)) {
      return path + " can be written by the group " + group(path);
    }
    return null;
  }

  private @Nullable String ownerProblem(Path path) throws IOException {
    var link = Owner.uid(path, LinkOption.NOFOLLOW_LINKS);
    if (!me.believes(link)) return path + " belongs to " + name(path, LinkOption.NOFOLLOW_LINKS);
    return me.believes(Owner.uid(path)) ? null : path + " leads to what belongs to " + name(path);
  }

  /// Where every user has a group of the same name, a group that may write is nobody else.
  private static boolean isPrivate(Path path) throws IOException {
    var attributes = Files.readAttributes(path, PosixFileAttributes.class);
    return attributes.group().getName().equals(attributes.owner().getName());
  }

  private static String group(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class).group().getName();
  }

  static String name(Path path, LinkOption... options) throws IOException {
    return Files.getOwner(path, options).getName();
  }
}
