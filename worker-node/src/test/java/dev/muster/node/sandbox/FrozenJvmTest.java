package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a JVM that is really stopped for longer than the time its scripts have.
class FrozenJvmTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /// What the other JVM runs: scripts that end while it stands still, and one that never does.
  public static final class Node {
    public static void main(String[] arguments) throws Exception {
      try (var box = new SandboxFixture(Path.of(arguments[0]), SandboxMode.PREFER);
          var pool = Executors.newCachedThreadPool()) {
        var scripts = new ArrayList<Callable<SandboxFixture.Outcome>>();
        for (var i = 0; i < 6; i++) {
          scripts.add(script(box, i, "touch begun; sleep 1.5; exit " + i));
        }
        scripts.add(script(box, 6, "touch begun; exec sleep 300"));
        var ended = pool.invokeAll(scripts);
        for (var i = 0; i < ended.size(); i++) {
          var outcome = ended.get(i).get();
          System.out.printf(
              "ended %d %d %d %s%n",
              i, outcome.exitCode(), outcome.duration().toMillis(), outcome.note());
        }
      }
    }

    private static Callable<SandboxFixture.Outcome> script(
        SandboxFixture box, int number, String script) throws Exception {
      var work = Files.createDirectories(box.attempt.resolve("work-" + number));
      var file = Files.writeString(box.attempt.resolve("s-" + number + ".sh"), script + "\n");
      var job = box.job().in(work).running(file, LIMIT);
      return () -> {
        var capture = new Capture(java.io.OutputStream.nullOutputStream(), SandboxFixture.LIMITS);
        var ended = box.sandbox.run(job, capture);
        return new SandboxFixture.Outcome(
            ended.exitCode(),
            "",
            0,
            ended.duration(),
            ended.note() == null ? "" : "note: " + ended.note());
      };
    }

    private Node() {}
  }

  @TempDir Path folder;

  @Test
  void aStandstillIsChargedToNobodyAndWhoEndedMeanwhileKeepsItsStatus() throws Exception {
    var jvm = start();
    try (var lines = jvm.inputReader()) {
      while (begun() < 7) {
        assertThat(jvm.isAlive()).isTrue();
        Thread.sleep(50);
      }
      signal("STOP", jvm.pid());
      Thread.sleep(LIMIT.plusSeconds(2));
      signal("CONT", jvm.pid());
      var ended = lines.lines().filter(line -> line.startsWith("ended ")).toList();
      assertThat(ended).hasSize(7);
      for (var i = 0; i < 6; i++) {
        var words = ended.get(i).split(" ");
        assertThat(words).as(ended.get(i)).hasSize(4).startsWith("ended", "" + i, "" + i);
        assertThat(Long.parseLong(words[3])).as("charged, in ms").isLessThan(LIMIT.toMillis());
      }
      assertThat(ended.getLast()).startsWith("ended 6 124 ").contains("its time was over");
    } finally {
      jvm.destroyForcibly();
      jvm.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void whatRunsPastItsLimitIsEndedWhileTheJvmStandsStill() throws Exception {
    var jvm = start();
    try (var lines = jvm.inputReader()) {
      while (begun() < 7) {
        assertThat(jvm.isAlive()).isTrue();
        Thread.sleep(50);
      }
      signal("STOP", jvm.pid());
      var until = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (runsOn(jvm.pid()) && System.nanoTime() < until) Thread.sleep(200);
      assertThat(runsOn(jvm.pid())).as("it runs on past its limit").isFalse();
      signal("CONT", jvm.pid());
      var ended = lines.lines().filter(line -> line.startsWith("ended ")).toList();
      for (var i = 0; i < 6; i++) assertThat(ended.get(i)).startsWith("ended " + i + " " + i + " ");
      assertThat(ended.getLast()).startsWith("ended 6 124 ").contains("its time was over");
    } finally {
      jvm.destroyForcibly();
      jvm.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static boolean runsOn(long jvm) {
    return SandboxFixture.processesWith("sleep\000300").stream()
        .anyMatch(pid -> SandboxFixture.belongsTo(pid, jvm));
  }

  private long begun() throws Exception {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("begun")).count();
    } catch (java.io.UncheckedIOException _) {
      return 0; // what the trial of the sandbox made was just removed
    }
  }

  private Process start() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Node.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .start();
  }

  private static void signal(String name, long pid) throws Exception {
    var done = new ProcessBuilder("bash", "-c", "kill -" + name + " " + pid).start().waitFor();
    assertThat(done).isZero();
  }
}
