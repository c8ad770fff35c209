package dev.muster.node.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// One script to run, and everything it may see and change. All paths are absolute.
///
/// @param script file with the script, outside every folder the script can write
/// @param names who runs: becomes MUSTER_RUN, MUSTER_WORKER and MUSTER_ATTEMPT
/// @param work the only folder that is always writable, and where the script starts
/// @param inputs read-only
/// @param scratch a folder for temporary files, used where there is no private `/tmp`
/// @param target read-only, at its own path
/// @param targetContent what is seen there: the same path, unless it is a copy from another node
/// @param hidden masked wherever they would be visible
/// @param writes folders outside the workspace that a permit made writable
/// @param reads folders outside the target that may be read
/// @param network whether the host's network can be reached
/// @param proves whether it is a test, and must not be steered by what it tests
/// @param secrets what a permit gives it besides
/// @param startsInTarget the script starts in the target and cannot write its workspace either
public record Job(
    Path script,
    Names names,
    Path work,
    Path inputs,
    Path scratch,
    Path target,
    Path targetContent,
    List<Path> hidden,
    List<Path> writes,
    List<Path> reads,
    boolean network,
    boolean startsInTarget,
    Duration timeLimit,
    boolean proves,
    Secrets secrets) {
  public Job {
    hidden = List.copyOf(hidden);
    writes = List.copyOf(writes);
    reads = List.copyOf(reads);
  }

  public record Names(String run, String worker, int attempt) {}

  /// A job that may do the least: an attempt's own folders, and the target for reading.
  public static Job plain(
      Names names, Path work, Path inputs, Path scratch, Path target, List<Path> hidden) {
    return new Job(
        work,
        names,
        work,
        inputs,
        scratch,
        target,
        target,
        hidden,
        List.of(),
        List.of(),
        false,
        false,
        Duration.ZERO,
        false,
        Secrets.NONE);
  }

  /// This job on a copy of its target.
  public Job seeing(Path copy) {
    return new Job(
        script,
        names,
        work,
        inputs,
        scratch,
        target,
        copy,
        hidden,
        writes,
        reads,
        network,
        startsInTarget,
        timeLimit,
        proves,
        secrets);
  }

  /// Whether the target is a copy, and nothing else of this host is at its path.
  boolean seesCopy() {
    return !target.equals(targetContent);
  }

  /// This job with its script.
  public Job running(Path file, Duration limit) {
    return new Job(
        file,
        names,
        work,
        inputs,
        scratch,
        target,
        targetContent,
        hidden,
        writes,
        reads,
        network,
        startsInTarget,
        limit,
        proves,
        secrets);
  }

  /// This job in another folder.
  public Job in(Path folder) {
    return new Job(
        script,
        names,
        folder,
        inputs,
        scratch,
        target,
        targetContent,
        hidden,
        writes,
        reads,
        network,
        startsInTarget,
        timeLimit,
        proves,
        secrets);
  }

  /// This job as a test of what is in its folder.
  public Job proving() {
    return new Job(
        script,
        names,
        work,
        inputs,
        scratch,
        target,
        targetContent,
        hidden,
        writes,
        reads,
        network,
        startsInTarget,
        timeLimit,
        true,
        secrets);
  }

  /// This job with what a permit allows.
  public Job widened(List<Path> permitted, boolean withNetwork) {
    return new Job(
        script,
        names,
        work,
        inputs,
        scratch,
        target,
        targetContent,
        hidden,
        permitted,
        reads,
        withNetwork,
        startsInTarget,
        timeLimit,
        proves,
        secrets);
  }

  /// This job with values that a permit gives it.
  public Job holding(Secrets given) {
    return new Job(
        script,
        names,
        work,
        inputs,
        scratch,
        target,
        targetContent,
        hidden,
        writes,
        reads,
        network,
        startsInTarget,
        timeLimit,
        proves,
        given);
  }

  /// This job as a look from the target that changes nothing.
  public Job looking(List<Path> alsoReads) {
    return new Job(
        script,
        names,
        work,
        inputs,
        scratch,
        target,
        targetContent,
        hidden,
        List.of(),
        alsoReads,
        false,
        true,
        timeLimit,
        proves,
        Secrets.NONE);
  }
}
