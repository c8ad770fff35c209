package dev.muster.cli.follow;

import dev.muster.cli.client.Api;
import dev.muster.cli.client.LogPiece;
import dev.muster.cli.client.References.WorkerRef;
import dev.muster.cli.client.WorkerView;
import dev.muster.cli.node.Link;
import dev.muster.cli.node.Pace;
import dev.muster.cli.node.Sessions.Need;
import dev.muster.cli.terminal.Exit;
import dev.muster.cli.terminal.Refusal;
import dev.muster.cli.terminal.Terminal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Prints what the attempts of a worker print, on whatever node they run, until it has settled.
public final class LogFollower {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final Link link;
  private final Terminal terminal;
  private final Pace pace;
  private final @Nullable Instant until;
  private final UnaryOperator<String> shown;

  private int attempt;

  /// Where to read on; null for the last lines of what is there.
  private @Nullable Long next;

  private CharsetDecoder decoder = decoder();
  private ByteBuffer rest = ByteBuffer.allocate(0);
  private String told = "";
  private boolean inLine;

  /// @param until when to give up; null for never
  /// @param shown what becomes of text on its way out
  public LogFollower(
      Link link,
      Terminal terminal,
      Pace pace,
      @Nullable Instant until,
      UnaryOperator<String> shown) {
    this.link = link;
    this.terminal = terminal;
    this.pace = pace;
    this.until = until;
    this.shown = shown;
  }

  /// @throws Refusal with exit code 7 when the time is up
  public void follow(WorkerRef ref) {
    while (true) {
      var worker = ask(api -> api.worker(ref.run(), ref.worker()).view());
      // After the look, so that nothing is missed of an attempt that was seen to have ended.
      readOn(ref);
      if (worker.attempt() > attempt) {
        // One after another; the first that is shown is the newest.
        begin(attempt == 0 ? worker.attempt() : attempt + 1);
        continue;
      }
      if (worker.state().settled()) {
        endLine();
        terminal.say(worker.id() + " is " + worker.verdict());
        return;
      }
      giveUp(ref, worker);
      pace.sleep(LOOK_EVERY);
    }
  }

  private void begin(int number) {
    if (attempt > 0) {
      endLine();
      next = 0L;
      terminal.say("Attempt " + number + ":");
    }
    attempt = number;
    decoder = decoder();
    rest = ByteBuffer.allocate(0);
  }

  private void readOn(WorkerRef ref) {
    if (attempt == 0) {
      return;
    }
    LogPiece piece;
    do {
      try {
        piece = ask(api -> api.workerLog(ref.run(), ref.worker(), attempt, next));
      } catch (Refusal refusal) {
        if (refusal.exitCode() != Exit.NOT_FOUND) {
          throw refusal;
        }
        tell(refusal.getMessage());
        return;
      }
      next = piece.next();
      print(piece.bytes());
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
    endLine();
    terminal.say(absence);
  }

  private void print(byte[] bytes) {
    var read = ByteBuffer.allocate(rest.remaining() + bytes.length).put(rest).put(bytes).flip();
    var text = CharBuffer.allocate(read.remaining() + 1);
    decoder.decode(read, text, false);
    rest = read.slice();
    var out = shown.apply(text.flip().toString());
    if (!out.isEmpty()) {
      terminal.raw(out);
      inLine = !out.endsWith("\n");
    }
  }

  private void endLine() {
    if (inLine) {
      terminal.raw("\n");
      terminal.flush();
    }
    inLine = false;
  }

  private void giveUp(WorkerRef ref, WorkerView worker) {
    var is = worker.id() + " is " + worker.state();
    if (link.hosted() != null) {
      endLine();
      throw new Refusal(
          Exit.UNREACHABLE,
          is + ", and no node is running that could change it",
          "carry on with: muster resume " + ref.run());
    }
    if (until != null && pace.now().isAfter(until)) {
      endLine();
      throw new Refusal(Exit.TIMED_OUT, is + " still", null);
    }
  }

  private static CharsetDecoder decoder() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }
}
