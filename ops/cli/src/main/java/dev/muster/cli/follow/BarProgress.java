package dev.muster.cli.follow;

import dev.muster.cli.client.RunView;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.RunWords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One line that is drawn over and over. What holds the run is printed above it when it changes.
final class BarProgress implements Progress {
  private static final int BAR_COLUMNS = 24;
  private static final String LINE_AGAIN = "\r\u001b[K";

  private final Terminal terminal;
  private List<String> holdsShown = List.of();
  private String drawn = "";

  BarProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void show(RunView run, Instant now) {
    var holds = RunWords.unusualHolds(run);
    if (!holds.equals(holdsShown)) {
      clear();
      holds.stream()
          .filter(hold -> !holdsShown.contains(hold))
          .forEach(hold -> terminal.say("held: " + hold));
      holdsShown = holds;
    }
    var line = Text.cut(line(run, now), terminal.columns() - 1);
    if (!line.equals(drawn)) {
      terminal.control(LINE_AGAIN + line);
      drawn = line;
    }
  }

  private String line(RunView run, Instant now) {
    var workers = run.workers();
    var share = workers.total() == 0 ? 0 : (double) workers.settled() / workers.total();
    var full = (int) Math.floor(share * BAR_COLUMNS);
    var unicode = terminal.unicode();
    var bar = new StringBuilder();
    bar.repeat(unicode ? "█" : "#", full);
    bar.repeat(unicode ? "░" : "-", BAR_COLUMNS - full);
    var started = run.startedAt();
    var elapsed =
        started == null
            ? ""
            : Text.duration(
                        (now.isAfter(started) ? Duration.between(started, now) : Duration.ZERO)
                            .truncatedTo(java.time.temporal.ChronoUnit.SECONDS))
                    .replace(".0 s", " s")
                + "  ";
    return bar + "  " + elapsed + wave(run) + RunWords.progress(run);
  }

  /// The waves that are out and not yet settled.
  private static String wave(RunView run) {
    for (var wave : run.waves()) {
      if (wave.releasedAt() != null && wave.settledAt() == null) {
        return "wave " + wave.wave() + "  ";
      }
    }
    return "";
  }

  @Override
  public void clear() {
    if (!drawn.isEmpty()) {
      terminal.control(LINE_AGAIN);
      drawn = "";
    }
  }
}
