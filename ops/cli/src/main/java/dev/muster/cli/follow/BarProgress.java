package dev.muster.cli.follow;

import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.cli.view.RunWords;
import dev.muster.protocol.view.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One line that is drawn over and over, and below it what holds the run, as long as it does.
final class BarProgress implements Progress {
  private static final int BAR_COLUMNS = 24;
  private static final int BAR_COLUMNS_MIN = 4;
  private static final String LINE_AGAIN = "\r\u001b[K";
  private static final String UP = "\u001b[1A";

  private final Terminal terminal;
  private final Held held = new Held();
  private List<String> drawn = List.of();

  BarProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void show(RunView run, Instant now) {
    var columns = terminal.columns() - 1;
    var lines = new ArrayList<String>();
    lines.add(Text.cut(line(run, now, columns), columns));
    var holds = held.look(run, now);
    if (!holds.isEmpty()) {
      var more = holds.size() > 1 ? " (and " + (holds.size() - 1) + " more)" : "";
      var room = Math.max(BAR_COLUMNS_MIN, columns - more.length());
      lines.add(Text.cut(holds.getFirst().inWords(), room) + more);
    }
    if (!lines.equals(drawn)) {
      terminal.control(again() + String.join("\n", lines));
      drawn = lines;
    }
  }

  /// Back to where the first line began. A terminal that became narrower has broken the lines anew,
  /// so that they take up more.
  private String again() {
    var columns = terminal.columns();
    var rows =
        drawn.stream().mapToInt(line -> 1 + Math.max(0, Text.width(line) - 1) / columns).sum();
    return LINE_AGAIN + (UP + LINE_AGAIN).repeat(Math.max(0, rows - 1));
  }

  /// The words come first: the bar gets what they leave.
  private String line(RunView run, Instant now, int columns) {
    var elapsed = "  " + RunWords.elapsed(Duration.between(run.startedAt(), now));
    var words = elapsed + "  " + wave(run) + RunWords.progress(run);
    var bar = Math.clamp(columns - Text.width(words), BAR_COLUMNS_MIN, BAR_COLUMNS);
    var workers = run.workers();
    var share = workers.total() == 0 ? 0 : (double) workers.settled() / workers.total();
    var full = (int) Math.floor(share * bar);
    var unicode = terminal.unicode();
    var line = new StringBuilder();
    line.repeat(unicode ? "█" : "#", full);
    line.repeat(unicode ? "░" : "-", bar - full);
    return line.append(words).toString();
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
      terminal.control(again());
      drawn = List.of();
    }
  }
}
