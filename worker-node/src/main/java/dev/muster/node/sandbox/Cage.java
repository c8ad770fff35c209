package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The cgroup of one step: a process that enters it cannot leave, nor can anything it starts.
///
/// @param folders one per hierarchy
/// @param unified whether the hierarchy is version 2
record Cage(List<Path> folders, boolean unified) {
  private static final int ROUNDS_MAX = 500;
  private static final long ROUND_NANOS_MAX = 5_000_000;

  /// What has just been told to end, or has ended, is usually gone by then.
  private static final long FIRST_ROUND_NANOS = 200_000;

  /// The process puts itself in before it becomes the command, so that nothing escapes the count.
  private static final String ENTER =
      "n=$1; shift; while [ \"$n\" -gt 0 ]; do echo $$ > \"$1\" || exit 125; shift;"
          + " n=$((n-1)); done; exec \"$@\"";

  void limit(SandboxLimits limits) throws IOException {
    var bytes = Long.toString(limits.memoryBytes());
    var processes = Integer.toString(limits.processesMax());
    var written =
        unified
            ? write(folders.getFirst().resolve("memory.max"), bytes)
                && write(folders.getFirst().resolve("pids.max"), processes)
            : write(folders.getFirst().resolve("memory.limit_in_bytes"), bytes)
                && write(folders.getLast().resolve("pids.max"), processes);
    if (!written) throw new IOException("could not set the limits of the cgroup " + folders);
    // Swap is limited as well where the kernel accounts for it.
    write(
        folders.getFirst().resolve(unified ? "memory.swap.max" : "memory.memsw.limit_in_bytes"),
        unified ? "0" : bytes);
  }

  List<String> enter(List<String> command) {
    var line = new ArrayList<>(List.of("/bin/sh", "-c", ENTER, "sh"));
    line.add(Integer.toString(folders.size()));
    for (var folder : folders) line.add(folder.resolve("cgroup.procs").toString());
    line.addAll(command);
    return line;
  }

  /// Puts a process in that has started nothing yet.
  void take(long pid) throws IOException {
    for (var folder : folders) {
      Files.writeString(folder.resolve("cgroup.procs"), Long.toString(pid));
    }
  }

  /// What the kernel did to keep the limits, in words; null when it did nothing.
  @Nullable String verdict(SandboxLimits limits) {
    var memory = folders.getFirst().resolve(unified ? "memory.events" : "memory.oom_control");
    if (count(memory, "oom_kill") > 0) {
      return "killed by the kernel: it used more than %d MiB of memory"
          .formatted(limits.memoryBytes() >> 20);
    }
    if (count(folders.getLast().resolve("pids.events"), "max") > 0) {
      return "it hit the limit of %d processes".formatted(limits.processesMax());
    }
    return null;
  }

  /// Kills everything inside and returns when nothing is left, or after some seconds.
  void kill() {
    write(folders.getLast().resolve("pids.max"), "0");
    for (var round = 0; round < ROUNDS_MAX; round++) {
      var inside = pids();
      if (inside.isEmpty()) return;
      for (var pid : inside) ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      pause(round);
    }
  }

  /// The kernel removes none in which anything lives.
  void close() {
    var left = folders.stream().filter(folder -> !gone(folder)).toList();
    if (!left.isEmpty()) kill();
    for (var folder : left) {
      for (var round = 0; round < ROUNDS_MAX && !gone(folder); round++) pause(round);
    }
  }

  private static void pause(int round) {
    var nanos = FIRST_ROUND_NANOS << Math.min(round, 5);
    LockSupport.parkNanos(Math.min(nanos, ROUND_NANOS_MAX));
  }

  /// Whether this folder may limit both memory and processes (version 2).
  static boolean offers(Path folder) {
    return List.of(text(folder.resolve("cgroup.controllers")).split("\\s+"))
        .containsAll(List.of("memory", "pids"));
  }

  static boolean write(Path file, String value) {
    try {
      Files.writeString(file, value);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// Of what lives inside.
  List<Long> pids() {
    return folders.stream()
        .flatMap(folder -> text(folder.resolve("cgroup.procs")).lines())
        .filter(line -> line.matches("[1-9]\\d*"))
        .map(Long::valueOf)
        .distinct()
        .collect(Collectors.toList());
  }

  /// The kernel refuses for a moment after the last process has ended.
  private static boolean gone(Path folder) {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static long count(Path file, String key) {
    return Arrays.stream(text(file).split("\n"))
        .map(line -> line.split(" ", -1))
        .filter(words -> words.length == 2 && words[0].equals(key) && words[1].matches("\\d+"))
        .mapToLong(words -> Long.parseLong(words[1]))
        .sum();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException _) {
      return "";
    }
  }
}
