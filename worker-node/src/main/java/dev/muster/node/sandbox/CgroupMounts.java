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
      if (mount.type.equals("cgroup") && List.of(mount.options.split(",")).contains(controller)) {
        return ancestors(mount, ownPath(controller));
      }
    }
    return List.of();
  }

  /// The same in the version 2 hierarchy.
  public static List<Path> v2() {
    for (var mount : mounts()) {
      if (mount.type.equals("cgroup2")) return ancestors(mount, ownPath(""));
    }
    return List.of();
  }

  private record Mount(String root, Path point, String type, String options) {}

  private static List<Mount> mounts() {
    var mounts = new ArrayList<Mount>();
    for (var line : lines(Path.of("/proc/self/mountinfo"))) {
      var halves = line.split(" - ", 2);
      if (halves.length < 2) continue;
      var before = halves[0].split(" ", -1);
      var after = halves[1].split(" ", -1);
      if (before.length < 5 || after.length < 3) continue;
      mounts.add(new Mount(before[3], Path.of(before[4]), after[0], after[2]));
    }
    return mounts;
  }

  /// @param controller the empty text asks for version 2
  private static String ownPath(String controller) {
    for (var line : lines(Path.of("/proc/self/cgroup"))) {
      var parts = line.split(":", 3);
      if (parts.length == 3 && List.of(parts[1].split(",")).contains(controller)) return parts[2];
    }
    return "/";
  }

  private static List<Path> ancestors(Mount mount, String ownPath) {
    var inside = ownPath.startsWith(mount.root) ? ownPath.substring(mount.root.length()) : "";
    var folder = mount.point.resolve(inside.replaceFirst("^/+", "")).normalize();
    var folders = new ArrayList<Path>();
    while (folder != null && folder.startsWith(mount.point)) {
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
