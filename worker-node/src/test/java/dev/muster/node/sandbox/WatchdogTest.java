package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With real processes: a JVM that is really stopped, and a child that would otherwise go on.
class WatchdogTest {
  /// Longer than a busy machine makes a JVM wait for its turn.
  private static final Duration STALL = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// What the other JVM runs: a watched node with one long child.
  public static final class Node {
    public static void main(String[] arguments) throws Exception {
      var data = Path.of(arguments[0]);
      var watchdog =
          new Watchdog(
              data, Duration.parse(arguments[1]), why -> System.out.println("stall " + why));
      watchdog.start();
      var note = new ProcessRecords(data).add(new Job.Names("run_1", "WORKER_001", 1));
      var child = new ProcessBuilder("setsid", "bash", "-c", "sleep 300 & wait").start();
      ProcessRecords.started(note, child.pid());
      System.out.println("child " + child.pid());
      child.waitFor();
      System.out.println("ended missed=" + watchdog.missed());
      Thread.sleep(60_000);
    }

    private Node() {}
  }

  @TempDir Path data;

  @Test
  void whatADeadJvmRanWithoutASandboxIsKilled() throws Exception {
    // Whether it stands still is another matter, and on a busy machine it may for a while.
    var jvm = start(PATIENCE);
    try (var lines = jvm.inputReader()) {
      var child = Long.parseLong(after("child ", lines));
      assertThat(ProcStat.read(child)).isNotNull();
      jvm.destroyForcibly();
      assertThat(ends(child, PATIENCE)).isTrue();
    } finally {
      jvm.destroyForcibly();
    }
  }

  private Process start(Duration stall) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Node.class.getName(),
            data.toString(),
            stall.toString())
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void theChildrenOfAStoppedJvmAreKilledAndItKnowsWhenItGoesOn() throws Exception {
    var jvm = start(STALL);
    try (var lines = jvm.inputReader()) {
      var child = Long.parseLong(after("child ", lines));
      List<ProcessHandle> below;
      do {
        Thread.sleep(20); // the child has just begun
        below = ProcessHandle.of(child).orElseThrow().descendants().toList();
      } while (below.isEmpty());

      signal("STOP", jvm.pid());
      assertThat(ends(child, PATIENCE)).as("the child is killed").isTrue();
      for (var process : below) assertThat(ends(process.pid(), PATIENCE)).isTrue();
      assertThat(jvm.isAlive()).as("the JVM itself is left alone").isTrue();

      signal("CONT", jvm.pid());
      var told = List.of(next(lines), next(lines));
      assertThat(told).contains("ended missed=true");
      assertThat(told).anyMatch(line -> line.startsWith("stall the node stood still for"));
    } finally {
      jvm.destroyForcibly();
      jvm.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aJvmThatGoesOnMissesNothing() throws Exception {
    try (var watchdog = new Watchdog(data, STALL, _ -> {})) {
      watchdog.start();
      var child = new ProcessBuilder("sleep", "300").start();
      Thread.sleep(STALL.plusSeconds(2));
      assertThat(child.isAlive()).isTrue();
      assertThat(watchdog.missed()).isFalse();
      child.destroyForcibly();
    }
  }

  private static String after(String prefix, java.io.BufferedReader lines) throws Exception {
    var line = next(lines);
    while (!line.startsWith(prefix)) line = next(lines);
    return line.substring(prefix.length());
  }

  /// JVMs that were stopped for long may print warnings of their own.
  private static String next(java.io.BufferedReader lines) throws Exception {
    while (true) {
      var line = lines.readLine();
      assertThat(line).as("the JVM says something").isNotNull();
      if (line.matches("(child|stall|ended) .*")) return line;
    }
  }

  private static boolean ends(long pid, Duration within) throws Exception {
    var until = System.nanoTime() + within.toNanos();
    while (System.nanoTime() < until) {
      // A stopped JVM cannot reap its child: a zombie has ended, too.
      var stat = ProcStat.read(pid);
      if (stat == null || !stat.alive()) return true;
      Thread.sleep(100);
    }
    return false;
  }

  private static void signal(String name, long pid) throws Exception {
    var done = new ProcessBuilder("bash", "-c", "kill -" + name + " " + pid).start().waitFor();
    assertThat(done).isZero();
  }
}
