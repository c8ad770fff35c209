package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// One start of the sandbox from util-linux: the files that its set-up reads and the mark that it
/// leaves, in a folder of their own while the step runs.
final class UtilLinuxStart implements Confinement.Start {
  /// What `<(…)` and `/dev/stdout` of a script lead through; bubblewrap makes them by itself.
  private static final List<Mount.Link> DEVICE_LINKS =
      List.of(
          new Mount.Link(JobView.DEVICES.resolve("fd"), "/proc/self/fd"),
          new Mount.Link(JobView.DEVICES.resolve("stdin"), "/proc/self/fd/0"),
          new Mount.Link(JobView.DEVICES.resolve("stdout"), "/proc/self/fd/1"),
          new Mount.Link(JobView.DEVICES.resolve("stderr"), "/proc/self/fd/2"),
          new Mount.Link(JobView.DEVICES.resolve("ptmx"), "pts/ptmx"));

  private static final AtomicLong STARTS = new AtomicLong();

  private final Path folder;
  private final List<String> arguments;
  private List<String> command = List.of();

  /// @param home folder of this node for its sandboxes
  /// @param wake how the loopback device is to be woken
  UtilLinuxStart(Path home, List<Mount> mounts, boolean network, Loopback wake) throws IOException {
    var name = ProcessHandle.current().pid() + "-" + STARTS.incrementAndGet();
    this.folder = Files.createDirectories(home.resolve("starts")).resolve(name);
    delete(folder); // of an earlier JVM that had our number
    Files.createDirectory(folder);
    try {
      this.arguments = write(home, mounts, network, wake);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private List<String> write(Path home, List<Mount> mounts, boolean network, Loopback wake)
      throws IOException {
    var root = Files.createDirectories(home.resolve("root"));
    var host = MountTable.read();
    var lines = new UtilLinuxMounts(root, host);
    var later =
        Files.writeString(folder.resolve("mounts"), lines.of(mounts, wake == Loopback.SYSFS));
    var first = Files.writeString(folder.resolve("base"), UtilLinuxMounts.base(root, mounts));
    var skeleton = new Skeleton(home.resolve(network ? "skeleton-network" : "skeleton"));
    var own = new Skeleton(folder.resolve("points"));
    for (var mount : mounts) if (mount instanceof Mount.Link link) skeleton.add(link);
    for (var link : DEVICE_LINKS) skeleton.add(link);
    for (var file : lines.files()) (Skeleton.isCommon(file) ? skeleton : own).addFile(file);
    return List.of(
        root.toString(),
        skeleton.folder().toString(),
        own.isEmpty() ? "" : own.folder().toString(),
        first.toString(),
        later.toString(),
        folder.resolve("mark").toString(),
        Integer.toString(host.lines()),
        wake.word());
  }

  /// @param rest of the set-up's arguments, and then the command
  UtilLinuxStart with(List<String> outside, List<String> rest) {
    var line = new ArrayList<>(outside);
    line.addAll(UtilLinuxSetup.shell());
    line.addAll(arguments);
    line.addAll(rest);
    command = List.copyOf(line);
    return this;
  }

  @Override
  public List<String> command() {
    return command;
  }

  @Override
  public boolean began() {
    return mark().equals("began");
  }

  @Override
  public boolean mayBegin() {
    return mark().equals("again");
  }

  private String mark() {
    try {
      return Files.readString(folder.resolve("mark")).strip();
    } catch (IOException _) {
      return "";
    }
  }

  @Override
  public void close() {
    delete(folder);
  }

  /// Removes what JVMs have left behind that were killed.
  static void clean(Path home) throws IOException {
    if (!Files.isDirectory(home.resolve("starts"))) return;
    try (var left = Files.newDirectoryStream(home.resolve("starts"), "[0-9]*-*")) {
      for (var folder : left) {
        var pid = folder.getFileName().toString().split("-", 2)[0];
        var known = pid.matches("[0-9]{1,9}") && ProcessHandle.of(Long.parseLong(pid)).isPresent();
        if (!known) delete(folder);
      }
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) return;
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
    } catch (IOException _) {
      // Small files that stay do no harm; the next start of the node tries again.
    }
  }
}
