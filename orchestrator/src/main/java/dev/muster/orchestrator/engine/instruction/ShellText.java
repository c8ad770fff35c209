package dev.muster.orchestrator.engine.instruction;

import org.jspecify.annotations.Nullable;

/// A place in a shell script, and the steps over what quotes and substitutions swallow.
///
/// Throws [Unclear] where something is never closed; whoever asks then knows nothing more.
abstract class ShellText {
  private static final int DEPTH_MAX = 100;

  /// Beyond so many `((` that are none, no more are looked at: each costs a second reading.
  private static final int NO_ARITHMETIC_MAX = 100;

  final String text;
  int at;
  int line = 1;
  private int depth;
  private int noArithmetic;

  ShellText(String text) {
    this.text = text;
  }

  /// What stands open where a script ends.
  ///
  /// @param mark the quote or bracket, or the word that ends the here-document
  /// @param line where it was opened, from 1
  /// @param hereDocument whether it is one
  record Unclosed(String mark, int line, boolean hereDocument) {
    @Override
    public String toString() {
      return hereDocument
          ? "the here-document that opens here is never closed: no line behind it is exactly '"
              + mark
              + "'"
          : "the " + mark + " that opens here is never closed";
    }
  }

  static final class Unclear extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Unclosed unclosed;
    private final int line;

    Unclear(String what, int line) {
      super(what, null, false, false);
      this.unclosed = null;
      this.line = line;
    }

    Unclear(Unclosed unclosed) {
      super(unclosed.toString(), null, false, false);
      this.unclosed = unclosed;
      this.line = unclosed.line();
    }

    /// Null where the script is odd, but not cut off.
    @Nullable Unclosed unclosed() {
      return unclosed;
    }

    int line() {
      return line;
    }
  }

  /// Steps over the commands of a substitution, up to and with the `)` that closes it.
  ///
  /// @param opened the line of its `(`
  abstract void commands(int opened);

  /// Steps over one character, or over a whole quoted or substituted part; answers whether it was
  /// the latter.
  ///
  /// @param inDouble inside double quotes, where an apostrophe is one
  boolean quotedPart(boolean inDouble) {
    switch (text.charAt(at)) {
      case '\\' -> {
        step();
        if (at < text.length()) step();
      }
      case '\'' -> {
        if (inDouble) {
          step();
          return false;
        }
        until('\'', false);
      }
      case '"' -> doubled();
      case '`' -> until('`', true);
      case '$' -> {
        return dollar(inDouble);
      }
      default -> {
        step();
        return false;
      }
    }
    return true;
  }

  void step() {
    if (text.charAt(at) == '\n') line++;
    at++;
  }

  private boolean dollar(boolean inDouble) {
    at++;
    switch (at < text.length() ? text.charAt(at) : ' ') {
      case '(' -> {
        if (!text.startsWith("((", at) || !arithmetic()) substitution();
      }
      case '{' -> braces();
      case '\'' -> {
        if (inDouble) return false;
        until('\'', true);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /// Up to and with the closing mark.
  ///
  /// @param escapes whether a backslash takes the next character's meaning
  private void until(char mark, boolean escapes) {
    var opened = line;
    at++;
    while (at < text.length() && text.charAt(at) != mark) {
      if (escapes && text.charAt(at) == '\\' && at + 1 < text.length()) step();
      step();
    }
    close(String.valueOf(mark), opened);
  }

  private void doubled() {
    var opened = line;
    at++;
    while (at < text.length() && text.charAt(at) != '"') quotedPart(true);
    close("\"", opened);
  }

  /// An apostrophe quotes in here even inside double quotes.
  private void braces() {
    var opened = line;
    deeper();
    at++;
    while (at < text.length() && text.charAt(at) != '}') quotedPart(false);
    depth--;
    close("${", opened);
  }

  final void substitution() {
    var opened = line;
    deeper();
    at++;
    commands(opened);
    depth--;
  }

  /// `((…))`, from its first bracket; answers false and stays where it is when that is no
  /// arithmetic but a group inside a group.
  final boolean arithmetic() {
    if (noArithmetic >= NO_ARITHMETIC_MAX) return false;
    var start = at;
    var first = line;
    var open = 0;
    do {
      if (at >= text.length()) break;
      var c = text.charAt(at);
      if (c == '(') open++;
      if (c == ')') open--;
      var ends = open == 1 && c == ')';
      if (ends && !text.startsWith("))", at)) break;
      if (c == '(' || c == ')') {
        at++;
      } else {
        deeper();
        quotedPart(true);
        depth--;
      }
    } while (open > 0);
    if (open == 0) return true;
    noArithmetic++;
    at = start;
    line = first;
    return false;
  }

  private void deeper() {
    if (++depth > DEPTH_MAX) throw new Unclear("it is nested too deep", line);
  }

  private void close(String mark, int opened) {
    if (at >= text.length()) throw new Unclear(new Unclosed(mark, opened, false));
    at++;
  }
}
