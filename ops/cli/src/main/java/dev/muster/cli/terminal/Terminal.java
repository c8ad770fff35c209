package dev.muster.cli.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a verb prints and asks. Data goes to stdout; progress, messages and questions to stderr.
public final class Terminal {
  /// Of a terminal that does not say.
  private static final int COLUMNS = 80;

  private static final int ROWS = 24;
  private static final int ROWS_MIN = 2;
  private static final int COLUMNS_MIN = 20;
  private static final int HELP_COLUMNS_MIN = 55;
  private static final int ENDLESS = Integer.MAX_VALUE;

  private final Streams streams;
  private final Caller caller;
  private final Manner manner;

  /// How the operator wants to be talked to.
  ///
  /// @param wide tables show every column, however long
  /// @param reach what commands that are advised need to reach the same node
  public record Manner(
      ColorMode color,
      boolean quiet,
      boolean verbose,
      boolean noInput,
      boolean wide,
      Reach reach) {}

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

  /// Bytes as they are.
  public void raw(byte[] bytes, int from, int length) {
    streams.out().write(bytes, from, length);
  }

  /// Data in sentences, which are broken where the line ends. See `Prose` for commands in them.
  public void prose(String text) {
    var columns = caller.terminals().out() || columnsChosen() > 0 ? columns() : ENDLESS;
    Prose.lines(text, columns, manner.reach()).forEach(this::data);
  }

  /// A line in words of others, in which nothing is a command. It goes on below where the terminal
  /// ends.
  public void words(String indent, String line) {
    var page = page();
    if (!page.folds()) {
      data(indent + line);
      return;
    }
    Fold.lines(line, Math.max(1, page.columns() - indent.length()), Integer.MAX_VALUE)
        .forEach(it -> data(indent + it));
  }

  /// A message, unless the operator wants quiet.
  public void say(String message) {
    if (!manner.quiet()) {
      show(message);
    }
  }

  /// A message that quiet does not silence.
  public void warn(String message) {
    show(Style.YELLOW.on("warning: ", colourErr()) + message);
  }

  /// What a question is about: on stderr, and shown to the quiet too.
  public void show(String text) {
    if (caller.terminals().out()) streams.out().flush(); // on one screen, in one order
    var columns = caller.terminals().err() ? columns() : ENDLESS;
    Prose.lines(text, columns, manner.reach()).forEach(streams.err()::println);
  }

  public void error(String message) {
    show(Style.RED.on("muster: ", colourErr()) + message);
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

  /// Width of the terminal at this moment; `COLUMNS` is believed more than the terminal.
  public int columns() {
    var chosen = columnsChosen();
    var columns = chosen > 0 ? chosen : caller.window().columns();
    return columns <= 0 ? COLUMNS : Math.max(COLUMNS_MIN, columns);
  }

  /// Height of the terminal at this moment; enough for a line and what ends it.
  public int rows() {
    var rows = caller.window().rows();
    return rows <= 0 ? ROWS : Math.max(ROWS_MIN, rows);
  }

  /// What `COLUMNS` says; 0 when it says nothing that could be meant.
  private int columnsChosen() {
    var text = caller.environment().getOrDefault("COLUMNS", "");
    return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : 0;
  }

  /// How much of a table fits on stdout.
  Page page() {
    if (manner.wide()) return Page.ENDLESS;
    return caller.terminals().out() || columnsChosen() > 0
        ? new Page(columns(), true)
        : Page.UNKNOWN;
  }

  /// Columns that one line on stdout may use.
  public int lineColumns() {
    return page().columns();
  }

  /// Columns that a help text may use.
  public int helpColumns() {
    var known = caller.terminals().out() || columnsChosen() > 0;
    return known ? Math.clamp(columns(), HELP_COLUMNS_MIN, COLUMNS) : COLUMNS;
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
    streams.out().flush(); // what it is about is read first
    var columns = caller.terminals().err() ? columns() - 1 : ENDLESS;
    streams.err().print(String.join("\n", Prose.lines(question.strip(), columns, manner.reach())));
    streams.err().print(' ');
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
