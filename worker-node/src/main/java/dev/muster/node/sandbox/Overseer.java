package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends a step at its limit when this JVM cannot, since it stands still: a small process outside of
/// it that is told of every step, and hears a beat twice a second while one runs.
///
/// As long as the beat comes the JVM ends its steps itself, and what starves it is charged to
/// nobody (`RunningTime`). When the beat stays away for two seconds, a step is ended that has run
/// longer than its limit by a clear margin. The outer process counts its own time: what stood still
/// together with it, such as a paused container, is not counted either.
final class Overseer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Overseer.class);
  private static final long BEAT_MILLIS = 500;
  private static final Duration MARGIN = Duration.ofSeconds(2);
  private static final int MARGIN_SHARE = 10;

  /// Stops a tree before it kills it, since the children of the dead are no longer found.
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      declare -A due
      silent=0 now=0 last=$SECONDS
      end() {
        local line rest pid again=1
        local -A doomed=([$1]=1)
        kill -STOP "$1" 2>/dev/null
        while ((again)); do
          again=0
          for stat in /proc/[0-9]*/stat; do
            { read -r line < "$stat"; } 2>/dev/null || continue
            pid=${line%% *} rest=${line##*) }
            set -- $rest
            [[ -n ${doomed[$pid]:-} || -z ${doomed[$2]:-} ]] && continue
            doomed[$pid]=1 again=1
            kill -STOP "$pid" 2>/dev/null
          done
        done
        for pid in "${!doomed[@]}"; do kill -KILL "$pid" 2>/dev/null; done
      }
      while :; do
        IFS=' ' read -r -t 1 what pid seconds
        status=$?
        passed=$((SECONDS - last)) last=$SECONDS
        ((now += passed > 2 ? 1 : passed))
        if ((status == 0)); then
          silent=$now
          case $what in
            +) due[$pid]=$((now + seconds)) ;;
            -) unset "due[$pid]" ;;
          esac
        elif ((status <= 128)); then
          exit 0
        elif ((now - silent >= 2)); then
          for pid in "${!due[@]}"; do
            ((due[$pid] <= now)) || continue
            unset "due[$pid]"
            end "$pid"
          done
        fi
      done
      """;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("muster-overseer").factory());

  private final Map<Long, Step> steps = new HashMap<>();
  private @Nullable Process process;

  private record Step(long beganNanos, Duration limit) {
    /// Whole seconds, rounded up.
    long seconds() {
      return limit.plus(MARGIN).plus(limit.dividedBy(MARGIN_SHARE)).plusMillis(999).toSeconds();
    }
  }

  Overseer() {
    var _ = thread.scheduleAtFixedRate(this::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  synchronized void began(long pid, Duration limit) {
    var step = new Step(System.nanoTime(), limit);
    steps.put(pid, step);
    tell("+ " + pid + " " + step.seconds());
  }

  synchronized void ended(long pid) {
    if (steps.remove(pid) != null) tell("- " + pid);
  }

  /// How long a step has run that is longer than it ever may; null when it is not.
  synchronized @Nullable Duration overdue(long pid) {
    var step = steps.get(pid);
    if (step == null) return null;
    var ran = Duration.ofNanos(System.nanoTime() - step.beganNanos());
    return ran.compareTo(step.limit().plus(MARGIN)) < 0 ? null : ran;
  }

  private synchronized void beat() {
    if (!steps.isEmpty()) tell("=");
  }

  private void tell(String line) {
    try {
      var watcher = process;
      if (watcher == null || !watcher.isAlive()) {
        watcher = ProcessLauncher.start(builder());
        process = watcher;
        for (var step : steps.entrySet()) {
          write(watcher, "+ " + step.getKey() + " " + step.getValue().seconds());
        }
      }
      write(watcher, line);
    } catch (IOException e) {
      LOG.warn("nobody ends steps at their limit while this node stands still: {}", e.toString());
    }
  }

  private static void write(Process watcher, String line) throws IOException {
    var pipe = watcher.getOutputStream();
    pipe.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    pipe.flush();
  }

  private static ProcessBuilder builder() {
    var builder = new ProcessBuilder("setsid", "bash", "-c", SCRIPT, "muster-overseer");
    if (Launch.program("setsid") == null) builder.command().removeFirst();
    builder.environment().clear();
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return builder;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    synchronized (this) {
      if (process != null) process.destroyForcibly();
      process = null;
    }
  }
}
