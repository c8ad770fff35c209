package dev.muster.node.sandbox;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is watched of one step from its start to its end: its time from outside of this JVM, its
/// folder, and its memory where no cgroup holds it.
final class StepBounds {
  private final Overseer overseer;
  private final SandboxLimits limits;
  private final Duration timeLimit;
  private final @Nullable Cage cage;
  private final DiskWatch disk;
  private @Nullable MemoryWatch memory;
  private volatile @Nullable ProcessHandle root;
  private volatile long pid;
  private volatile @Nullable Duration overdue;

  /// @param cage of the step; null when there is none
  StepBounds(Overseer overseer, SandboxLimits limits, Job job, @Nullable Cage cage) {
    this.overseer = overseer;
    this.limits = limits;
    this.timeLimit = job.timeLimit();
    this.cage = cage;
    this.disk = new DiskWatch(job.work(), limits);
  }

  void began(Process process) {
    root = process.toHandle();
    pid = process.pid();
    overseer.began(pid, timeLimit);
    if (cage == null) memory = new MemoryWatch(process, limits.memoryBytes());
  }

  @Nullable String breach() {
    var tooMuch = disk.breach(this::processes);
    var watch = memory;
    return tooMuch == null && watch != null ? watch.breach() : tooMuch;
  }

  /// A cgroup knows them; else all of this host are gone through.
  private List<Long> processes() {
    if (cage != null) return cage.pids();
    var from = root;
    return from == null ? List.of() : from.descendants().map(ProcessHandle::pid).toList();
  }

  /// Repeatable.
  void ended() {
    var ran = overseer.overdue(pid);
    if (ran != null) overdue = ran;
    overseer.ended(pid);
  }

  /// How long it ran, when that was longer than it ever may.
  @Nullable Duration overdue() {
    return overdue;
  }
}
