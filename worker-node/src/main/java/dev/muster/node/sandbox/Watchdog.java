package dev.muster.node.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that a node which stands still works no further.
///
/// A JVM that is stopped, or starved, for longer than its fellows wait loses its workers to another
/// node, but its child processes would run on. So a small process outside of the JVM hears a beat
/// twice a second, and kills every process below the JVM when the beat stays away. The JVM itself
/// finds out when it goes on, before it believes anything that its children seem to have reported.
/// When the JVM dies instead, a sandbox dies with it; what runs without one is found by its notes.
public final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final Duration BEAT = Duration.ofMillis(500);
  private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

  /// In bash, since every host of workers has it, and a shell needs next to nothing. It reads the
  /// process table itself: a starved machine may be unable to start even `ps`. Everything is
  /// stopped before anything is killed, since the children of the dead are no longer found below
  /// the JVM.
  private static final String SCRIPT =
      """
      jvm=$1 limit=$2 notes=$3
      trap '' HUP INT TERM
      kill_below() {
        local line rest pid parent again=1
        local -A doomed=([$jvm]=1)
        while ((again)); do
          again=0
          for stat in /proc/[0-9]*/stat; do
            { read -r line < "$stat"; } 2>/dev/null || continue
            pid=${line%% *} rest=${line##*) }
            set -- $rest
            parent=$2
            [[ $pid = $$ || -n ${doomed[$pid]:-} || -z ${doomed[$parent]:-} ]] && continue
            doomed[$pid]=1 again=1
            kill -STOP "$pid" 2>/dev/null
          done
        done
        unset "doomed[$jvm]"
        for pid in "${!doomed[@]}"; do kill -KILL "$pid" 2>/dev/null; done
      }
      kill_noted() {
        local note lines session line rest
        for note in "$notes/step-$jvm-"*; do
          [[ -r $note ]] && mapfile -t lines < "$note" || continue
          session=${lines[3]%% *}
          [[ $session =~ ^[0-9]+$ ]] || continue
          for stat in /proc/[0-9]*/stat; do
            { read -r line < "$stat"; } 2>/dev/null || continue
            rest=${line##*) }
            set -- $rest
            [[ $4 = "$session" ]] && kill -KILL "${line%% *}" 2>/dev/null
          done
        done
      }
      while :; do
        IFS= read -r -t "$limit" _ && continue
        [ $? -gt 128 ] || { kill_noted; exit 0; }
        kill_below
      done
      """;

  private final Path dataFolder;
  private final Duration limit;
  private final Consumer<String> onStall;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long beatAtNanos = System.nanoTime();
  private volatile boolean stalled;
  private @Nullable Process process;

  /// @param dataFolder with the notes of what runs without a sandbox
  /// @param limit of silence
  /// @param onStall told once, in words, by a JVM that finds that it has stood still for so long
  public Watchdog(Path dataFolder, Duration limit, Consumer<String> onStall) {
    this.dataFolder = dataFolder;
    this.limit = limit;
    this.onStall = onStall;
    this.thread = Thread.ofPlatform().daemon().name("muster-pulse").unstarted(this::beat);
  }

  /// When it returns, the process outside is there.
  public void start() {
    beatAtNanos = System.nanoTime();
    tellWatcher();
    thread.start();
  }

  /// Whether this JVM may have stood still for too long, so that its children may have been killed
  /// and its workers may live elsewhere. Once it has, it has for good.
  public boolean missed() {
    return stalled || System.nanoTime() - beatAtNanos >= limit.toNanos();
  }

  private void beat() {
    while (!isClosedAfter(BEAT)) {
      var silence = System.nanoTime() - beatAtNanos;
      // Said before the beat goes on, so that nobody sees a good beat in between.
      if (silence >= limit.toNanos() && !stalled) {
        stalled = true;
        onStall.accept("the node stood still for %d s".formatted(silence / 1_000_000_000));
      }
      beatAtNanos = System.nanoTime();
      tellWatcher();
    }
  }

  private void tellWatcher() {
    try {
      var watcher = process;
      if (watcher == null || !watcher.isAlive()) {
        watcher = begin();
        process = watcher;
      }
      OutputStream pipe = watcher.getOutputStream();
      pipe.write('\n');
      pipe.flush();
    } catch (IOException e) {
      LOG.warn("the watchdog cannot be told that all is well, starting another: {}", e.toString());
      end();
      if (isClosedAfter(RESTART_PAUSE)) LOG.debug("closing instead");
    }
  }

  private Process begin() throws IOException {
    var seconds = Long.toString(Math.max(1, limit.toSeconds()));
    var builder =
        new ProcessBuilder(
            "bash",
            "-c",
            SCRIPT,
            "muster-watchdog",
            Long.toString(ProcessHandle.current().pid()),
            seconds,
            ProcessRecords.folder(dataFolder).toString());
    builder.environment().clear();
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return ProcessLauncher.start(builder);
  }

  private boolean isClosedAfter(Duration pause) {
    try {
      return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      return true;
    }
  }

  private void end() {
    if (process != null) process.destroyForcibly();
    process = null;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (thread.isAlive()) thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    end();
  }
}
