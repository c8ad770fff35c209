package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Turns what a job sees into lines for mount(8).
///
/// Unlike bubblewrap, `mount` makes only the uppermost of several mounts read-only, so those below
/// are named one by one, from the host's own table.
final class UtilLinuxMounts {
  private static final String HARMLESS = "nosuid,nodev";

  /// So that files without content are no way around the size.
  private static final int TEMPORARY_BYTES_PER_FILE = 4096;

  private final Fstab fstab;
  private final MountTable host;
  private final List<Path> inPlace = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();

  /// @param root the host's folder in which the root of the sandbox is built
  UtilLinuxMounts(Path root, MountTable host) {
    this.fstab = new Fstab(root);
    this.host = host;
  }

  /// The root, and what is written there before anything of the host is seen: one by one, because
  /// folders and files for the other mounts are made in them.
  static String base(Path root, List<Mount> mounts) {
    var fstab = new Fstab(root);
    fstab.make("tmpfs", Path.of("/"), "unbindable,size=1m,mode=0755," + HARMLESS);
    for (var mount : mounts) {
      if (mount instanceof Mount.Temporary(var at, var bytesMax)) {
        fstab.make(
            "tmpfs",
            at,
            "size=%d,nr_inodes=%d,mode=1777,X-mount.mkdir,%s"
                .formatted(bytesMax, bytesMax / TEMPORARY_BYTES_PER_FILE + 16, HARMLESS));
      }
    }
    return fstab.toString();
  }

  /// @param sysfs whether `/sys` of the new network is needed
  String of(List<Mount> mounts, boolean sysfs) {
    for (var mount : mounts) add(mount);
    if (sysfs) fstab.makeOutside("sysfs", Path.of("/sys"), HARMLESS);
    fstab.remount(Path.of("/"), "ro," + HARMLESS);
    return fstab.toString();
  }

  /// Empty files that must be there for the mounts, since `mount` makes folders only.
  List<Path> files() {
    return List.copyOf(files);
  }

  private void add(Mount mount) {
    switch (mount) {
      case Mount.Folder _, Mount.Link _, Mount.Temporary _ -> {}
      case Mount.Bind bind -> bind(bind);
      case Mount.Cover(var at) -> cover(at);
      case Mount.Processes(var at) -> fstab.make("proc", at, "ro,noexec,X-mount.mkdir," + HARMLESS);
      case Mount.Devices(var at) -> devices(at);
    }
  }

  private void bind(Mount.Bind bind) {
    var from = bind.from();
    if (Files.isDirectory(from)) {
      fstab.bind(from, bind.at());
    } else {
      file(bind.at());
      fstab.bindFile(from, bind.at());
    }
    restrict(bind.at(), host.holding(real(from)), bind.writable());
    for (var below : host.below(real(from))) {
      restrict(bind.at().resolve(real(from).relativize(below.point())), below, bind.writable());
    }
    inPlace.add(bind.at());
  }

  /// In a user namespace what the host forbids must be named again, or the kernel refuses.
  private void restrict(Path at, MountTable.Entry mount, boolean writable) {
    var options = new StringBuilder(HARMLESS);
    if (!writable || mount.options().contains("ro")) options.append(",ro");
    if (mount.options().contains("noexec")) options.append(",noexec");
    fstab.remount(at, options.toString());
  }

  private void cover(Path at) {
    fstab.make("tmpfs", at, "ro,size=4k,nr_inodes=2,mode=0555," + HARMLESS);
    inPlace.add(at);
  }

  /// A device can be written through a read-only mount, but its owner cannot change its mode.
  private void devices(Path at) {
    for (var name : JobView.DEVICE_NAMES) {
      file(at.resolve(name));
      fstab.bindFile(JobView.DEVICES.resolve(name), at.resolve(name));
      fstab.remount(at.resolve(name), "ro,nosuid");
    }
    fstab.make(
        "devpts",
        at.resolve("pts"),
        "newinstance,ptmxmode=0666,mode=0620,nosuid,noexec,X-mount.mkdir");
  }

  /// Below something of the host it is there.
  private void file(Path at) {
    if (inPlace.stream().noneMatch(at::startsWith)) files.add(at);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException _) {
      return path; // it went away: `mount` says so
    }
  }
}
