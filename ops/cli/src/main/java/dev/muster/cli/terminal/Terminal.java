package dev.muster.cli.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a verb prints and asks. Data goes to stdout; progress, messages and questions to stderr.
public final class Terminal {
  private final Streams streams;
  private final Caller caller;
  private final Manner manner;

  /// How the operator wants to be talked to.
  public record Manner(ColorMode color, boolean quiet, boolean verbose, boolean noInput) {}

  public enum ColorMode {
    AUTO,
    ALWAYS,
    NEVER
  }

  public Terminal(Streams streams, Caller caller, Manner manner) {
    this.streams = streams;
    this.caller = caller;
    this.manner = manner;
  }

  /// One line of data.
  public void data(String line) {
    streams.out().println(line);
  }

  /// Data as it is, without a line end of our own.
  public void raw(CharSequence text) {
    streams.out().append(text);
  }

  /// A message, unless the operator wants quiet.
  public void say(String message) {
    if (!manner.quiet()) {
      streams.err().println(message);
    }
  }

  /// A message that quiet does not silence.
  public void warn(String message) {
    streams.err().println(Style.YELLOW.on("warning: ", colourErr()) + message);
  }

  /// What a question is about: on stderr, and shown to the quiet too.
  public void show(String line) {
    streams.err().println(line);
  }

  public void error(String message) {
    streams.err().println(Style.RED.on("muster: ", colourErr()) + message);
  }

  /// Details for `-v`.
  public void detail(String message) {
    if (manner.verbose()) {
      streams.err().println(message);
    }
  }

  /// Moves the cursor; only where `bar()` holds.
  public void control(String sequence) {
    streams.err().print(sequence);
    streams.err().flush();
  }

  public void flush() {
    streams.out().flush();
    streams.err().flush();
  }

  public String styled(Style style, String text) {
    return style.on(text, colourOut());
  }

  public String styledMessage(Style style, String text) {
    return style.on(text, colourErr());
  }

  /// True when somebody can answer a question here.
  public boolean interactive() {
    return caller.terminals().in() && caller.terminals().err() && !manner.noInput();
  }

  public boolean noInput() {
    return manner.noInput();
  }

  public boolean quiet() {
    return manner.quiet();
  }

  public boolean verbose() {
    return manner.verbose();
  }

  /// True when one line may be drawn over and over.
  public boolean bar() {
    return caller.terminals().err() && !manner.quiet() && !dumb();
  }

  /// True when the whole screen may be drawn over and over.
  public boolean screen() {
    return caller.terminals().out() && !dumb();
  }

  public int columns() {
    return Math.max(40, caller.columns());
  }

  /// True when the terminal shows more than ASCII.
  public boolean unicode() {
    var locale =
        caller
            .environment()
            .getOrDefault(
                "LC_ALL",
                caller
                    .environment()
                    .getOrDefault("LC_CTYPE", caller.environment().getOrDefault("LANG", "")));
    return locale.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
  }

  /// Asks on stderr and reads one line. Null when the input has ended.
  public @Nullable String ask(String question) {
    streams.err().print(question);
    streams.err().flush();
    try {
      var answer = streams.in().readLine();
      return answer == null ? null : answer.strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the answer", e);
    }
  }

  /// True only on an explicit yes.
  public boolean confirm(String question) {
    var answer = ask(question + " [y/N] ");
    return answer != null && (answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes"));
  }

  private boolean colourOut() {
    return coloured(caller.terminals().out());
  }

  private boolean colourErr() {
    return coloured(caller.terminals().err());
  }

  private boolean coloured(boolean terminal) {
    return switch (manner.color()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          terminal && !dumb() && caller.environment().getOrDefault("NO_COLOR", "").isEmpty();
    };
  }

  private boolean dumb() {
    return caller.environment().getOrDefault("TERM", "dumb").equals("dumb");
  }
}
