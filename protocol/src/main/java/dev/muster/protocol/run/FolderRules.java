package dev.muster.protocol.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which folders may be shown to workers, and which may be made writable for them. Looks at the
/// paths only, so that both the side that creates a run and the side that carries it out can ask.
///
/// All paths are absolute, normalized, and free of symbolic links.
public final class FolderRules {
  /// Where a sandbox has its own folders.
  private static final Path SANDBOX = Path.of("/muster");

  private static final List<Path> KERNEL = paths("/proc", "/sys", "/dev", "/run");
  private static final List<Path> SYSTEM =
      paths(
          "/usr",
          "/bin",
          "/sbin",
          "/lib",
          "/lib32",
          "/lib64",
          "/libx32",
          "/etc",
          "/boot",
          "/var/spool");

  private static final Set<String> COMMANDING =
      Set.of(
          "cron", "cron.d", "crontabs", "systemd", "autostart", "init.d", "instructions", "waves");

  /// Why a folder cannot be the target of a run; null when it can. A target may lie inside the home
  /// folder and may contain the data folder (which is then masked), not the other way round.
  ///
  /// @param home of the operator
  /// @param data folder of the node or the command
  public static @Nullable String refuseTarget(Path target, Path home, Path data) {
    var problem =
        contains(target, KERNEL, "a folder of the kernel")
            .or(() -> contains(target, SYSTEM, "a system folder"))
            .or(() -> contains(target, List.of(home), "the home folder of the operator"))
            .or(() -> contains(target, paths("/tmp"), "the folder for temporary files"))
            .or(() -> within(target, KERNEL, "a folder of the kernel"))
            .or(() -> within(target, List.of(SANDBOX), "where sandboxes have their own folders"))
            .or(() -> within(target, List.of(data), "the data folder"));
    return problem
        .map(why -> "expected a project folder as the target, found " + target + ": " + why)
        .orElse(null);
  }

  /// Why a folder cannot be made writable even with a permit; null when it can.
  ///
  /// @param hidden folders that workers never see
  public static @Nullable String refuseWrites(
      Path folder, Path home, Path data, List<Path> hidden) {
    var problem =
        contains(folder, KERNEL, "a folder of the kernel")
            .or(() -> contains(folder, SYSTEM, "a system folder"))
            .or(() -> contains(folder, List.of(home), "the home folder of the operator"))
            .or(() -> within(folder, KERNEL, "a folder of the kernel"))
            .or(() -> within(folder, SYSTEM, "a system folder"))
            .or(() -> within(folder, List.of(SANDBOX), "where sandboxes have their own folders"))
            .or(() -> within(folder, List.of(data), "the data folder"))
            .or(() -> within(folder, hidden, "a folder that workers never see"));
    return problem.map(why -> "no permit can make " + folder + " writable: " + why).orElse(null);
  }

  /// Whether what lies in a folder below the target is believed by somebody who runs it later:
  /// hooks and dot-files, schedules, start-up files, instruction files. Only a person permits that.
  public static boolean commands(Path folder, Path target) {
    if (!folder.startsWith(target)) return true;
    for (var name : target.relativize(folder)) {
      var text = name.toString();
      if (text.startsWith(".") || COMMANDING.contains(text)) return true;
    }
    return false;
  }

  private static Optional<String> contains(Path folder, List<Path> others, String what) {
    return others.stream()
        .filter(other -> other.getNameCount() > 0 && other.startsWith(folder))
        .findFirst()
        .map(
            other -> folder.equals(other) ? "it is " + what : "it contains " + what + ", " + other);
  }

  private static Optional<String> within(Path folder, List<Path> others, String what) {
    return others.stream()
        .filter(folder::startsWith)
        .findFirst()
        .map(other -> "it lies in " + what + ", " + other);
  }

  private static List<Path> paths(String... names) {
    return Stream.of(names).map(Path::of).toList();
  }

  private FolderRules() {}
}
