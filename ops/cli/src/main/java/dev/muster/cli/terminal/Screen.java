package dev.muster.cli.terminal;

import java.util.List;

/// The whole screen, to be drawn over and over. It is the terminal's second one (`smcup`), so that
/// what stood there before is there again afterwards, however the program ends (but by `kill -9`).
/// Whoever closes it may be another thread than the one that draws, and the last to write.
public final class Screen implements AutoCloseable {
  /// The second screen, no cursor, and lines that end at the edge instead of going on below.
  private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";

  private static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_LINE_END = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final Terminal terminal;
  private boolean left;

  /// Only where `Terminal.screen()` holds.
  public Screen(Terminal terminal) {
    this.terminal = terminal;
    terminal.raw(ENTER);
    terminal.flush();
  }

  /// What does not fit is left out, and the last line says how much.
  ///
  /// @param foot the last line
  public synchronized void draw(List<String> lines, String foot) {
    if (left) return;
    var room = terminal.rows() - 1;
    var frame = new StringBuilder(HOME);
    for (var line : lines.subList(0, Math.min(lines.size(), room))) {
      frame.append(line).append(CLEAR_LINE_END).append('\n');
    }
    if (lines.size() < room) frame.append(CLEAR_LINE_END).append(CLEAR_BELOW);
    var hidden = lines.size() - room;
    var words = hidden > 0 ? "%s; %d more below".formatted(foot, hidden) : foot;
    // The last row by its number: a line end there would move everything up.
    frame.append("\u001b[").append(room + 1).append(";1H");
    frame.append(terminal.styled(Style.DIM, words)).append(CLEAR_LINE_END);
    terminal.raw(frame);
    terminal.flush();
  }

  @Override
  public synchronized void close() {
    if (left) return;
    left = true;
    terminal.raw(LEAVE);
    terminal.flush();
  }
}
