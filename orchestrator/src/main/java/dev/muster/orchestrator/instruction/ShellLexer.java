package dev.muster.orchestrator.instruction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Cuts a shell script into words and operators, far enough to see its structure: quotes,
/// substitutions, here-documents, comments and redirections are swallowed whole.
///
/// Throws [Unclear] where a quote or a bracket is never closed; whoever asks then knows nothing.
final class ShellLexer {
  /// @param operator true for `;`, `&&`, newline and their like; false for words
  /// @param bare true for a word without any quoting, which may be a keyword
  record Token(String text, boolean operator, boolean bare, int line) {
    boolean is(String operatorText) {
      return operator && text.equals(operatorText);
    }

    boolean isKeyword(String keyword) {
      return !operator && bare && text.equals(keyword);
    }
  }

  static final class Unclear extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unclear(String what) {
      super(what, null, false, false);
    }
  }

  private static final List<String> OPERATORS =
      List.of(";;&", "&&", "||", ";;", ";&", "|&", ";", "&", "|", "(", ")");
  private static final int DEPTH_MAX = 100;

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private final ArrayDeque<String> heredocs = new ArrayDeque<>();
  private int at;
  private int line = 1;

  private ShellLexer(String text) {
    this.text = text;
  }

  static List<Token> lex(String script) {
    return new ShellLexer(script).run();
  }

  private List<Token> run() {
    while (at < text.length()) {
      var c = text.charAt(at);
      if (c == '\n') {
        newline();
      } else if (Character.isWhitespace(c)) {
        at++;
      } else if (text.startsWith("\\\n", at)) {
        at += 2;
        line++;
      } else if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n') at++;
      } else if (isRedirection()) {
        redirection();
      } else if (!operator()) {
        tokens.add(word());
      }
    }
    tokens.add(new Token("\n", true, false, line));
    return tokens;
  }

  private void newline() {
    tokens.add(new Token("\n", true, false, line));
    at++;
    line++;
    while (!heredocs.isEmpty()) skipHeredoc(heredocs.removeFirst());
  }

  private void skipHeredoc(String delimiter) {
    while (at < text.length()) {
      var end = text.indexOf('\n', at);
      if (end < 0) end = text.length();
      var found = text.substring(at, end).strip().equals(delimiter);
      at = Math.min(text.length(), end + 1);
      line++;
      if (found) return;
    }
  }

  private boolean operator() {
    for (var operator : OPERATORS) {
      if (text.startsWith(operator, at)) {
        tokens.add(new Token(operator, true, false, line));
        at += operator.length();
        return true;
      }
    }
    return false;
  }

  /// `<`, `>`, `&>`, also behind a number; but not `<(` and `>(`, which are words.
  private boolean isRedirection() {
    var look = at;
    while (look < text.length() && Character.isDigit(text.charAt(look))) look++;
    if (look == at && text.startsWith("&>", at)) look++;
    if (look >= text.length() || "<>".indexOf(text.charAt(look)) < 0) return false;
    return look + 1 >= text.length() || text.charAt(look + 1) != '(';
  }

  private void redirection() {
    var start = at;
    while (at < text.length() && "<>&|-0123456789".indexOf(text.charAt(at)) >= 0) at++;
    var operator = text.substring(start, at);
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) at++;
    var complete = operator.matches(".*[<>]&[0-9-]+");
    if (complete || at >= text.length() || text.charAt(at) == '\n') return;
    if (";|&()".indexOf(text.charAt(at)) >= 0) throw new Unclear("redirection to nothing");
    var target = word();
    if (operator.contains("<<") && !operator.contains("<<<")) {
      heredocs.add(target.text().replaceAll("[\"'\\\\]", ""));
    }
  }

  private Token word() {
    var start = at;
    var firstLine = line;
    var bare = true;
    while (at < text.length()) {
      var c = text.charAt(at);
      var substitution = (c == '<' || c == '>') && at == start && text.startsWith("(", at + 1);
      if (substitution) {
        at++;
        bracketed(')', 0);
      } else if (Character.isWhitespace(c) || ";|&()<>".indexOf(c) >= 0) {
        break;
      }
      if (!substitution) bare &= !quotedPart(0);
    }
    return new Token(text.substring(start, at), false, bare, firstLine);
  }

  /// Steps over one character, or over a whole quoted or substituted part; answers whether it was
  /// the latter.
  private boolean quotedPart(int depth) {
    var c = text.charAt(at);
    switch (c) {
      case '\\' -> {
        step();
        if (at < text.length()) step();
      }
      case '\'' -> single();
      case '"' -> doubled(depth);
      case '`' -> backticks();
      case '$' -> {
        at++;
        var next = at < text.length() ? text.charAt(at) : ' ';
        if (next == '(') bracketed(')', depth);
        if (next == '{') bracketed('}', depth);
        return next == '(' || next == '{';
      }
      default -> {
        step();
        return false;
      }
    }
    return true;
  }

  private void step() {
    if (text.charAt(at) == '\n') line++;
    at++;
  }

  private void single() {
    at++;
    while (at < text.length() && text.charAt(at) != '\'') step();
    close("'");
  }

  private void backticks() {
    at++;
    while (at < text.length() && text.charAt(at) != '`') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) step();
      step();
    }
    close("`");
  }

  private void doubled(int depth) {
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\'') {
        step();
      } else {
        quotedPart(depth + 1);
      }
    }
    close("\"");
  }

  private void bracketed(char closing, int depth) {
    if (depth > DEPTH_MAX) throw new Unclear("nested too deep");
    var opening = text.charAt(at);
    var open = 0;
    do {
      if (at >= text.length()) throw new Unclear(opening + " is not closed");
      var c = text.charAt(at);
      if (c == opening) open++;
      if (c == closing) open--;
      if (c == opening || c == closing) {
        at++;
      } else {
        quotedPart(depth + 1);
      }
    } while (open > 0);
  }

  private void close(String mark) {
    if (at >= text.length()) throw new Unclear(mark + " is not closed");
    at++;
  }
}
