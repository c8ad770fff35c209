package dev.muster.node.sandbox;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// One attempt's folders around a sandbox, in a folder of the test.
public final class SandboxFixture implements AutoCloseable {
  /// What a class locks that opens sandboxes: the cgroups of a JVM belong to one of them at a time.
  public static final String ALONE = "the sandbox of this JVM";

  public static final SandboxLimits LIMITS =
      new SandboxLimits(
          256L << 20, 64, 64L << 20, 16L << 20, 1 << 20, 32L << 20, 256L << 20, 5_000);

  /// For whole programs.
  private static final SandboxLimits ROOMY =
      new SandboxLimits(1L << 30, 64, 64L << 20, 16L << 20, 1 << 20, 32L << 20, 256L << 20, 5_000);

  public final Path data;
  public final Path target;
  public final Path attempt;

  /// What a step leaves behind is found by its run, worker and attempt: two builds on one machine
  /// must not end each other's.
  public static final String RUN = "run_" + ProcessHandle.current().pid();

  public final Sandbox sandbox;
  private int scripts;

  public SandboxFixture(Path folder, SandboxMode mode) throws IOException, InterruptedException {
    this(folder, mode, true, SandboxKind.NONE);
  }

  /// @param kind the only sandbox of this host; `NONE` means all that it has
  SandboxFixture(Path folder, SandboxMode mode, boolean cgroups, SandboxKind kind)
      throws IOException, InterruptedException {
    var root = folder.toRealPath();
    this.data = Files.createDirectories(root.resolve("data"));
    this.target = Files.createDirectories(root.resolve("project"));
    this.attempt = data.resolve("workspaces").resolve(RUN).resolve("WORKER_001/attempt-1");
    for (var part : List.of("work", "inputs", "tmp")) {
      Files.createDirectories(attempt.resolve(part));
    }
    this.sandbox = probe(data, cgroups, kind).open(mode);
  }

  /// The sandbox that tests of other stages use.
  public static Sandbox sandbox(Path data, SandboxMode mode, SandboxKind kind)
      throws IOException, InterruptedException {
    return probe(ROOMY, data, true, kind).open(mode);
  }

  static SandboxProbe probe(Path data, boolean cgroups, SandboxKind kind) {
    return probe(LIMITS, data, cgroups, kind);
  }

  private static SandboxProbe probe(
      SandboxLimits limits, Path data, boolean cgroups, SandboxKind kind) {
    Set<SandboxKind> kinds =
        kind == SandboxKind.NONE ? EnumSet.allOf(SandboxKind.class) : EnumSet.of(kind);
    return new SandboxProbe(limits, data, cgroups, kinds);
  }

  public record Outcome(int exitCode, String output, long bytes, Duration duration, String note) {}

  public Job job() {
    return Job.plain(
        new Job.Names(RUN, "WORKER_001", 1),
        attempt.resolve("work"),
        attempt.resolve("inputs"),
        attempt.resolve("tmp"),
        target,
        List.of());
  }

  public Outcome run(String script) throws IOException, InterruptedException {
    return run(script, job());
  }

  public Outcome run(String script, Job job) throws IOException, InterruptedException {
    return run(script, job, Duration.ofMinutes(1));
  }

  public Outcome run(String script, Job job, Duration limit)
      throws IOException, InterruptedException {
    var file = Files.writeString(attempt.resolve("script-" + ++scripts + ".sh"), script + "\n");
    var kept = new ByteArrayOutputStream();
    var capture = new Capture(kept, LIMITS);
    var ended = sandbox.run(job.running(file, limit), capture);
    return new Outcome(
        ended.exitCode(),
        kept.toString(StandardCharsets.UTF_8).strip(),
        capture.bytes(),
        ended.duration(),
        ended.note() == null ? "" : requireNonNull(ended.note()));
  }

  /// Processes of this host whose command line holds the text.
  public static List<Long> processesWith(String text) {
    return ProcStat.all().stream()
        .filter(ProcStat::alive)
        .map(ProcStat::pid)
        .filter(pid -> read(pid, "cmdline").contains(text))
        .toList();
  }

  /// Of this build only.
  public static List<Long> stepsWith(String text) {
    return processesWith(text).stream()
        .filter(pid -> read(pid, "environ").contains("MUSTER_RUN=" + RUN + "\0"))
        .toList();
  }

  /// Whether a step was started by the fixture of that JVM.
  static boolean belongsTo(long pid, long jvm) {
    return read(pid, "environ").contains("MUSTER_RUN=run_" + jvm + "\0");
  }

  private static String read(long pid, String what) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(pid), what), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
