package dev.muster.cli.follow;

import dev.muster.cli.client.RunView;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.view.RunWords;
import java.time.Duration;
import java.time.Instant;

/// One line every ten seconds, with whatever holds the run in words.
final class LineProgress implements Progress {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Terminal terminal;
  private Instant next;

  LineProgress(Terminal terminal, Instant now) {
    this.terminal = terminal;
    this.next = now.plus(EVERY);
  }

  @Override
  public void show(RunView run, Instant now) {
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(EVERY);
    terminal.say(RunWords.progress(run));
    RunWords.unusualHolds(run).forEach(hold -> terminal.say("  held: " + hold));
  }

  @Override
  public void clear() {}
}
