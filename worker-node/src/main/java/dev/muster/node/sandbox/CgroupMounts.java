package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where the cgroup hierarchies of this host are mounted, and where in them this JVM is
/// (cgroups(7), proc_pid_mountinfo(5)).
public final class CgroupMounts {
  /// This JVM's place in a version 1 hierarchy, and then every folder above it up to the mount;
  /// empty when the controller has no such hierarchy.
  public static List<Path> v1(String controller) {
    for (var mount : mounts()) {
      if (mount.type().equals("cgroup")
          && List.of(mount.superOptions().split(",")).contains(controller)) {
        return ancestors(mount, ownPath(controller));
      }
    }
    return List.of();
  }

  /// The same in the version 2 hierarchy.
  public static List<Path> v2() {
    for (var mount : mounts()) {
      if (mount.type().equals("cgroup2")) return ancestors(mount, ownPath(""));
    }
    return List.of();
  }

  private static List<MountTable.Entry> mounts() {
    try {
      return MountTable.read().entries();
    } catch (IOException _) {
      return List.of();
    }
  }

  /// @param controller the empty text asks for version 2
  private static String ownPath(String controller) {
    for (var line : lines(Path.of("/proc/self/cgroup"))) {
      var parts = line.split(":", 3);
      if (parts.length == 3 && List.of(parts[1].split(",")).contains(controller)) return parts[2];
    }
    return "/";
  }

  private static List<Path> ancestors(MountTable.Entry mount, String ownPath) {
    var inside = ownPath.startsWith(mount.root()) ? ownPath.substring(mount.root().length()) : "";
    var folder = mount.point().resolve(inside.replaceFirst("^/+", "")).normalize();
    var folders = new ArrayList<Path>();
    while (folder != null && folder.startsWith(mount.point())) {
      if (Files.isDirectory(folder)) folders.add(folder);
      folder = folder.getParent();
    }
    return folders;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException _) {
      return List.of();
    }
  }

  private CgroupMounts() {}
}
