package dev.muster.cli.follow;

import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.view.RunWords;
import dev.muster.protocol.view.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// One line when something has changed, at most every ten seconds, and now and then one as a sign
/// of life. What holds the run is said when it begins, and with each line after that for how long
/// and why: whoever looks in later sees the last line alone.
final class LineProgress implements Progress {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(1);

  private final Terminal terminal;
  private final Held held = new Held();
  private Instant next;
  private Instant signDue;
  private String said = "";
  private Set<String> holdsSaid = Set.of();

  LineProgress(Terminal terminal, Instant now) {
    this.terminal = terminal;
    this.next = now.plus(EVERY);
    this.signDue = now;
  }

  @Override
  public void show(RunView run, Instant now) {
    var holds = held.look(run, now);
    if (now.isBefore(next)) {
      return;
    }
    var line = RunWords.progress(run);
    var keys = new HashSet<String>();
    holds.forEach(hold -> keys.add(hold.key()));
    if (line.equals(said) && keys.equals(holdsSaid) && now.isBefore(signDue)) {
      return;
    }
    var known = holdsSaid;
    terminal.say(
        line
            + (holds.isEmpty() || !known.containsAll(keys)
                ? ""
                : ", " + holds.getFirst().goesOn()));
    holds.stream()
        .filter(hold -> !known.contains(hold.key()))
        .forEach(hold -> terminal.say("  " + hold.inWords()));
    said = line;
    holdsSaid = keys;
    next = now.plus(EVERY);
    signDue = now.plus(SIGN_OF_LIFE);
  }

  @Override
  public void clear() {}
}
