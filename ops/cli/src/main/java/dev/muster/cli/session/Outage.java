package dev.muster.cli.session;

import dev.muster.cli.terminal.Text;
import dev.muster.client.ApiException;
import dev.muster.client.Lifeline;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Rides out the loss of a node: tries again, ever more slowly, until the node or another one
/// answers. Says so once when it begins and once when it is over.
final class Outage implements Lifeline {
  private static final Duration BOUND = Duration.ofMinutes(10);
  private static final Duration PAUSE_MIN = Duration.ofMillis(250);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

  /// What passes sooner is not worth a word.
  private static final Duration SILENT = Duration.ofSeconds(1);

  private final Supplier<@Nullable URI> another;
  private final Pace pace;
  private final Words words;
  private final @Nullable Instant until;

  private boolean known;
  private @Nullable Instant since;
  private Duration pause = PAUSE_MIN;
  private boolean told;

  /// Where the sentences go, and whether anybody still wants to go on.
  interface Words {
    void say(String sentence);

    boolean over();
  }

  /// @param another a node that is ready; null when there is none but the one that was lost
  /// @param known a node has answered already; one that never did is not waited for
  /// @param until when the operator wants to give up; null for ten minutes after the loss
  Outage(
      Supplier<@Nullable URI> another,
      boolean known,
      Pace pace,
      Words words,
      @Nullable Instant until) {
    this.another = another;
    this.known = known;
    this.pace = pace;
    this.words = words;
    this.until = until;
  }

  @Override
  public synchronized URI next(URI lost, ApiException why) {
    if (!known || words.over()) throw why;
    var now = pace.now();
    var began = since == null ? now : since;
    since = began;
    if (until != null && now.isAfter(until)) throw timedOut(why);
    if (now.isAfter(began.plus(BOUND))) throw why;
    if (!told && now.isAfter(began.plus(SILENT))) {
      told = true;
      words.say(
          "Waiting for a node that can go on, for up to %d minutes; nothing is lost (%s)."
              .formatted(BOUND.toMinutes(), Text.line(why.failure().words())));
    }
    pace.sleep(pause);
    pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause.multipliedBy(2);
    var found = another.get();
    return found == null ? lost : found;
  }

  private static Refusal timedOut(ApiException why) {
    return new Refusal(
        Exit.TIMED_OUT,
        why.failure().words() + "; that is all the time that --timeout allows",
        "what runs goes on as soon as a node is back; look with: `muster status`",
        why);
  }

  @Override
  public synchronized void answered(URI node) {
    known = true;
    since = null;
    pause = PAUSE_MIN;
    if (told) {
      told = false;
      words.say("Going on with the node at " + node + ".");
    }
  }
}
