package dev.muster.cli.follow;

import dev.muster.cli.client.References.WorkerRef;
import dev.muster.cli.session.Link;
import dev.muster.cli.session.Pace;
import dev.muster.cli.session.Sessions.Need;
import dev.muster.cli.terminal.Terminal;
import dev.muster.client.Api;
import dev.muster.client.LogPiece;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.protocol.view.WorkerView;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Prints what the attempts of a worker print, on whatever node they run, until it has settled.
public final class LogFollower {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final Link link;
  private final Terminal terminal;
  private final Pace pace;
  private final @Nullable Instant until;
  private final LogText text;
  private final Portion portion;

  private int attempt;

  /// Where to read on; null for the last lines of what is there.
  private @Nullable Long next;

  private String told = "";

  /// What of the log is shown.
  ///
  /// @param attempt null for the newest
  /// @param lines so many of the last; 0 for all
  public record Portion(@Nullable Integer attempt, int lines) {}

  /// @param until when to give up; null for never
  public LogFollower(
      Link link,
      Terminal terminal,
      Pace pace,
      @Nullable Instant until,
      LogText text,
      Portion portion) {
    this.link = link;
    this.terminal = terminal;
    this.pace = pace;
    this.until = until;
    this.text = text;
    this.portion = portion;
    this.next = portion.lines() == 0 ? 0L : null;
  }

  /// @throws Refusal with exit code 7 when the time is up
  public void follow(WorkerRef ref) {
    while (true) {
      var worker = ask(api -> api.worker(ref.run(), ref.worker()).view());
      // After the look, so that nothing is missed of an attempt that was seen to have ended.
      readOn(ref);
      if (worker.attempt() > attempt) {
        // One after another; the first that is shown is the newest.
        var wanted = portion.attempt() == null ? worker.attempt() : portion.attempt();
        begin(attempt == 0 ? Math.min(wanted, worker.attempt()) : attempt + 1);
        continue;
      }
      if (worker.state().settled()) {
        text.end();
        terminal.say(worker.id() + " is " + worker.verdict());
        return;
      }
      giveUp(ref, worker);
      pace.sleep(LOOK_EVERY);
    }
  }

  private void begin(int number) {
    if (attempt > 0) {
      text.end();
      next = 0L;
      terminal.say("Attempt " + number + ":");
    }
    attempt = number;
  }

  /// Prints what is there now of one attempt.
  public void print(WorkerRef ref) {
    var wanted = portion.attempt();
    attempt = wanted == null ? link.api().worker(ref.run(), ref.worker()).view().attempt() : wanted;
    attempt = Math.max(1, attempt);
    long end = -1;
    LogPiece piece;
    do {
      piece = link.api().workerLog(ref.run(), ref.worker(), attempt, next, portion.lines());
      tellWhatIsLeftOut(piece);
      next = piece.next();
      text.print(piece.bytes());
      // It may grow as fast as it is read.
      if (end < 0) end = piece.size();
    } while (piece.isFollowed() && piece.next() < end);
    text.end();
  }

  private void tellWhatIsLeftOut(LogPiece piece) {
    if (next != null || piece.from() == 0) return;
    terminal.flush();
    terminal.say(
        String.format(
            Locale.ROOT,
            "… %,d bytes before this are not shown; --full shows all, -n N more lines",
            piece.from()));
  }

  private void readOn(WorkerRef ref) {
    if (attempt == 0) {
      return;
    }
    LogPiece piece;
    do {
      try {
        piece = ask(api -> api.workerLog(ref.run(), ref.worker(), attempt, next, portion.lines()));
      } catch (Refusal refusal) {
        if (refusal.exitCode() != Exit.NOT_FOUND) {
          throw refusal;
        }
        tell(refusal.getMessage());
        return;
      }
      tellWhatIsLeftOut(piece);
      next = piece.next();
      text.print(piece.bytes());
      terminal.flush();
    } while (piece.isFollowed());
  }

  /// The node may end with the command that hosted it; what was printed there is still to be read.
  private <T> T ask(Function<Api, T> question) {
    try {
      return question.apply(link.api());
    } catch (Refusal refusal) {
      if (refusal.exitCode() != Exit.UNREACHABLE || !link.mayReopen()) {
        throw refusal;
      }
      link.reopen(Need.CONTROL);
      return question.apply(link.api());
    }
  }

  /// A log may be there later, so that its absence is said and waited out.
  private void tell(@Nullable String absence) {
    if (absence == null || absence.equals(told)) {
      return;
    }
    told = absence;
    text.end();
    terminal.say(absence);
  }

  private void giveUp(WorkerRef ref, WorkerView worker) {
    var is = worker.id() + " is " + worker.state();
    if (link.hosted() != null) {
      text.end();
      throw new Refusal(
          Exit.UNREACHABLE,
          is + ", and no node is running that could change it",
          "carry on with: `muster resume " + ref.run() + "`");
    }
    if (until != null && pace.now().isAfter(until)) {
      text.end();
      throw new Refusal(Exit.TIMED_OUT, is + " still", null);
    }
  }
}
