package dev.muster.cli.follow;

import dev.muster.cli.client.Json;
import dev.muster.cli.session.Link;
import dev.muster.cli.session.Pace;
import dev.muster.cli.session.Sessions.Need;
import dev.muster.cli.terminal.Terminal;
import dev.muster.client.Api;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Hands over the journal of a run as it grows, each event once and in order, until the run has
/// ended. A node that goes is waited for, or another one that comes.
public final class JournalFollower {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration OUTAGE_MAX = Duration.ofMinutes(10);

  private final Link link;
  private final Terminal terminal;
  private final Pace pace;
  private final @Nullable Instant until;
  private final Consumer<String> each;

  private long seen;
  private boolean carried;

  /// @param until when to give up; null for never
  /// @param each takes one event as a line of JSON
  public JournalFollower(
      Link link, Terminal terminal, Pace pace, @Nullable Instant until, Consumer<String> each) {
    this.link = link;
    this.terminal = terminal;
    this.pace = pace;
    this.until = until;
    this.each = each;
  }

  /// @throws Refusal with exit code 7 when the time is up, 8 when no node comes back
  public void follow(String run) {
    while (true) {
      // Before the events are read, so that none is missed of a run that was seen to have ended.
      var ended = ask(api -> api.run(run).view().state().finished());
      read(run);
      terminal.flush();
      if (ended) return;
      if (link.hosted() != null) waitForANode(run);
      carried = true;
      giveUpInTime(run);
      pace.sleep(LOOK_EVERY);
    }
  }

  /// A stream may break off within a line: what is no whole event comes again.
  private void read(String run) {
    try {
      link.api().runEvents(run, seen, this::take);
    } catch (Refusal refusal) {
      if (refusal.exitCode() != Exit.UNREACHABLE || link.hosted() != null) throw refusal;
    }
  }

  private void take(String line) {
    if (line.isBlank() || !line.endsWith("}")) return;
    var seq = Json.parse(line, "the journal").path("seq").asLong();
    if (seq <= seen) return;
    seen = seq;
    each.accept(line);
  }

  /// The node may have ended with the command that hosted it; what it wrote is still to be read.
  private <T> T ask(Function<Api, T> question) {
    try {
      return question.apply(link.api());
    } catch (Refusal refusal) {
      if (refusal.exitCode() != Exit.UNREACHABLE || !link.mayReopen()) throw refusal;
      link.reopen(Need.CONTROL);
      return question.apply(link.api());
    }
  }

  private void waitForANode(String run) {
    if (!carried) {
      throw new Refusal(
          Exit.UNREACHABLE,
          run + " has not ended, and no node is running that could carry it on",
          "carry on with: `muster resume " + run + "`");
    }
    terminal.say("The node has gone; waiting for one that carries " + run + " on.");
    var last = pace.now().plus(OUTAGE_MAX);
    while (true) {
      giveUpInTime(run);
      try {
        link.reopen(Need.RUNNING);
        terminal.say("Going on with the node at " + link.api().client().base() + ".");
        return;
      } catch (Refusal refusal) {
        if (refusal.exitCode() != Exit.UNREACHABLE || pace.now().isAfter(last)) throw refusal;
      }
      pace.sleep(LOOK_EVERY);
    }
  }

  private void giveUpInTime(String run) {
    if (until != null && pace.now().isAfter(until)) {
      throw new Refusal(Exit.TIMED_OUT, run + " has not ended yet", null);
    }
  }
}
