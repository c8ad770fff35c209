package dev.muster.cli.follow;

import dev.muster.cli.session.Pace;
import dev.muster.cli.terminal.Terminal;
import dev.muster.protocol.view.RunView;
import java.time.Instant;

/// How a run goes on, while one looks. Always on stderr.
public interface Progress {
  /// Called at every look, also when nothing has changed.
  void show(RunView run, Instant now);

  /// Something else is about to be printed.
  void clear();

  /// A bar on a terminal, a line now and then elsewhere, nothing for those who want quiet.
  static Progress on(Terminal terminal, Pace pace) {
    if (terminal.quiet()) {
      return new NoProgress();
    }
    return terminal.bar() ? new BarProgress(terminal) : new LineProgress(terminal, pace.now());
  }
}
