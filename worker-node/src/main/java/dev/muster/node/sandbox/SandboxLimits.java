package dev.muster.node.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What one step may use. Time is not here: it belongs to the attempt.
///
/// @param memoryBytes of the whole tree where a cgroup can be made, of each process otherwise
/// @param processesMax processes and threads at once
/// @param fileBytesMax size of any single file it writes
/// @param tmpBytesMax what `/tmp` holds
/// @param outputKeptBytes of the beginning of its output, in the log
/// @param outputBytesMax printing more ends it
/// @param workspaceBytesMax what the workspace may hold, and each copy of it for the tests
/// @param workspaceEntriesMax files and folders that it may hold
/// @param paths absolute; where the workspace is found, too, unless something of the host is there
/// @param environments absolute; folders of languages that somebody has prepared, for reading, of
///   which the programs go before the system's
public record SandboxLimits(
    long memoryBytes,
    int processesMax,
    long fileBytesMax,
    long tmpBytesMax,
    long outputKeptBytes,
    long outputBytesMax,
    long workspaceBytesMax,
    long workspaceEntriesMax,
    List<Path> paths,
    List<Path> environments) {
  private static final Set<String> SYSTEM =
      Set.of(
          "usr", "bin", "sbin", "lib", "lib64", "lib32", "libx32", "etc", "proc", "sys", "dev",
          "tmp", "run", "muster");

  private static final long MIB = 1L << 20;

  public static final SandboxLimits DEFAULT =
      new SandboxLimits(
          2048 * MIB, 512, 1024 * MIB, 512 * MIB, MIB, 1024 * MIB, 4096 * MIB, 100_000);

  /// With a workspace at its one place.
  public SandboxLimits(
      long memoryBytes,
      int processesMax,
      long fileBytesMax,
      long tmpBytesMax,
      long outputKeptBytes,
      long outputBytesMax,
      long workspaceBytesMax,
      long workspaceEntriesMax) {
    this(
        memoryBytes,
        processesMax,
        fileBytesMax,
        tmpBytesMax,
        outputKeptBytes,
        outputBytesMax,
        workspaceBytesMax,
        workspaceEntriesMax,
        List.of(),
        List.of());
  }

  public SandboxLimits {
    paths = List.copyOf(paths);
    environments = List.copyOf(environments);
    positive("memoryBytes", memoryBytes);
    positive("processesMax", processesMax);
    positive("fileBytesMax", fileBytesMax);
    positive("tmpBytesMax", tmpBytesMax);
    positive("outputKeptBytes", outputKeptBytes);
    positive("outputBytesMax", outputBytesMax);
    positive("workspaceBytesMax", workspaceBytesMax);
    positive("workspaceEntriesMax", workspaceEntriesMax);
  }

  /// Whether the workspace may be found there, too: not over what programs need.
  public static boolean mayBeWorkspace(Path path) {
    return path.isAbsolute()
        && path.getNameCount() > 1
        && !SYSTEM.contains(path.getName(0).toString());
  }

  private static void positive(String name, long value) {
    if (value < 1) throw new IllegalArgumentException(name + " is " + value + ", expected above 0");
  }
}
