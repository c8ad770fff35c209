package dev.muster.node.foresight;

import dev.muster.node.foresight.Statement.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads those commands of a script that mean what they say: words, quotes, known variables, a file
/// to write to, a text to read. Of everything else of the shell it says that it is there, and never
/// what it does.
final class PlainShell {
  private static final int STATEMENTS_MAX = 200;

  private final String script;
  private final Map<String, String> variables;
  private final List<Statement> statements = new ArrayList<>();
  private int at;

  // Of the statement that is being read.
  private int from;
  private final List<Word> words = new ArrayList<>();
  private @Nullable Word to;
  private boolean appends;
  private @Nullable String fed;
  private boolean reads;
  private @Nullable String why;
  private boolean follows;

  // Of the text that is read behind the end of this line.
  private @Nullable String end;
  private int reader = -1;

  /// Where `<<` is no text to read: in a sum, or behind a bracket.
  private int parentheses;

  private boolean brackets;

  private PlainShell(String script, Map<String, String> variables) {
    this.script = script;
    this.variables = variables;
  }

  /// @param variables those whose values are known
  static List<Statement> read(String script, Map<String, String> variables) {
    var shell = new PlainShell(script, variables);
    while (shell.at < shell.script.length() && shell.statements.size() < STATEMENTS_MAX) {
      shell.next();
    }
    if (shell.at < shell.script.length()) {
      shell.from = shell.at;
      shell.at = shell.script.length();
      shell.refuse("only the first " + STATEMENTS_MAX + " commands were looked at");
    }
    shell.close();
    return shell.statements;
  }

  private void next() {
    var character = script.charAt(at);
    if (character == '\n' || character == ';') {
      close();
      at++;
      if (character == '\n') body();
      from = at;
    } else if (script.startsWith("&&", at)) {
      close();
      follows = true;
      at += 2;
      from = at;
    } else if (character == ' ' || character == '\t') {
      at++;
    } else if (script.startsWith("\\\n", at)) {
      at += 2;
    } else if (character == '#') {
      while (at < script.length() && script.charAt(at) != '\n') at++;
    } else if (character == '>') {
      redirect(true);
    } else if (script.startsWith("<<<", at)) {
      refuse("what it reads is put together when it runs");
      at += 3;
    } else if (script.startsWith("<<", at)) {
      feed();
    } else if (character == '`') {
      expand(at, false);
    } else if ("|&()<".indexOf(character) >= 0) {
      refuse("it is put together by `" + character + "`");
      if (character == '(') parentheses++;
      if (character == ')') parentheses = Math.max(0, parentheses - 1);
      at++;
    } else {
      var word = word();
      var number = !word.quoted() && word.text().matches("[0-9]+") && isAt('>');
      if (number) redirect(word.text().equals("1"));
      else words.add(word);
    }
  }

  private boolean isAt(char character) {
    return at < script.length() && script.charAt(at) == character;
  }

  /// @param printed what it prints, and not what it complains about
  private void redirect(boolean printed) {
    at++;
    var more = isAt('>');
    if (more) at++;
    if (isAt('&')) {
      at++;
      blanks();
      if (!word().text().matches("[0-9]+|-")) refuse("all that it says goes to a file");
      return;
    }
    blanks();
    var file = word();
    if (file.text().equals("/dev/null")) return;
    if (!printed) refuse("its messages go to a file");
    if (to != null) refuse("it writes to several files");
    to = file;
    appends = more;
  }

  private void blanks() {
    while (at < script.length() && " \t".indexOf(script.charAt(at)) >= 0) at++;
  }

  private void feed() {
    var mark = TextMark.at(script, at);
    if (end != null || parentheses > 0 || brackets || mark == null) {
      giveUp("where the text ends that it reads");
      return;
    }
    at = mark.behind();
    reads = true;
    end = mark.word();
    // Without quotes the shell looks for variables in it.
    fed = mark.quoted() ? "" : null;
    if (!mark.quoted()) refuse("what it reads is put together when it runs");
  }

  /// The text between `<<'END'` and the line that is that word alone.
  private void body() {
    var mark = end;
    if (mark == null) return;
    end = null;
    var text = new StringBuilder();
    while (at < script.length()) {
      var stop = script.indexOf('\n', at);
      var line = script.substring(at, stop < 0 ? script.length() : stop);
      at = stop < 0 ? script.length() : stop + 1;
      if (line.equals(mark)) break;
      text.append(line).append('\n');
    }
    if (reader >= 0) statements.set(reader, statements.get(reader).reading(text.toString()));
    reader = -1;
  }

  private Word word() {
    var text = new StringBuilder();
    var quoted = false;
    var pattern = false;
    var literal = false;
    while (at < script.length() && " \t\n;|&()<>".indexOf(script.charAt(at)) < 0) {
      var before = text.length();
      var character = script.charAt(at++);
      switch (character) {
        case '\'', '"', '\\' -> {
          quote(character, text);
          quoted = true;
          literal |= text.substring(before).matches("(?s).*[*?].*");
        }
        case '*', '?' -> {
          pattern = true;
          text.append(character);
        }
        case '$' -> text.append(variableOfOneWord());
        case '`' -> expand(at - 1, false);
        case '{', '}', '[', '~' -> bracket(character, text);
        default -> text.append(character);
      }
    }
    // In quotes they stand for themselves, and here nobody tells them apart any more.
    if (pattern && literal) refuse("it mixes patterns and quotes");
    return new Word(text.toString(), quoted, pattern);
  }

  private void quote(char mark, StringBuilder text) {
    if (mark == '"') {
      inQuotes(text);
    } else if (mark == '\'') {
      var stop = script.indexOf('\'', at);
      if (stop < 0) refuse("a quote has no end");
      text.append(script, at, stop < 0 ? script.length() : stop);
      at = stop < 0 ? script.length() : stop + 1;
    } else if (at < script.length()) {
      if (!isAt('\n')) text.append(script.charAt(at));
      at++;
    }
  }

  /// Without quotes the shell takes a value apart, and takes what it holds for patterns.
  private String variableOfOneWord() {
    var value = variable(false);
    if (!value.matches("[A-Za-z0-9_./-]*")) refuse("`$` without quotes stands for several words");
    return value;
  }

  private void bracket(char character, StringBuilder text) {
    if (!isPlain(character, text)) {
      refuse("it is put together by `" + character + "`");
      brackets |= character == '[';
    }
    text.append(character);
  }

  /// `[` is a command of its own, and `~` is nothing in the middle of a name.
  private boolean isPlain(char character, StringBuilder before) {
    if (character == '~') return !before.isEmpty();
    return character == '[' && before.isEmpty() && words.isEmpty() && isAt(' ');
  }

  private void inQuotes(StringBuilder text) {
    while (at < script.length()) {
      var character = script.charAt(at++);
      if (character == '"') return;
      if (character == '$') {
        text.append(variable(true));
      } else if (character == '`') {
        expand(at - 1, true);
      } else if (character == '\\' && at < script.length()) {
        var escaped = script.charAt(at++);
        if ("$`\"\\".indexOf(escaped) < 0) text.append('\\');
        text.append(escaped);
      } else {
        text.append(character);
      }
    }
    refuse("a quote has no end");
  }

  /// What stands behind a `$`.
  private String variable(boolean inQuotes) {
    var braces = isAt('{');
    var start = braces ? at + 1 : at;
    var stop = start;
    while (stop < script.length() && isOfName(script.charAt(stop))) stop++;
    var name = script.substring(start, stop);
    if (name.isEmpty() || (braces && (stop == script.length() || script.charAt(stop) != '}'))) {
      expand(at - 1, inQuotes);
      return "";
    }
    at = braces ? stop + 1 : stop;
    var value = isMoved() && name.equals("PWD") ? null : variables.get(name);
    if (value == null) refuse("`$" + name + "` is known only when it runs");
    return value == null ? "" : value;
  }

  private void expand(int from, boolean inQuotes) {
    refuse("a value is made when it runs");
    at = Expansions.end(script, from, inQuotes);
    if (at < 0) giveUp("where a command ends");
  }

  /// Quotes, and texts that are read, hide what only looks like a command, or show one as a text.
  private void giveUp(String what) {
    why = "from here on nobody can tell " + what;
    at = script.length();
  }

  private boolean isMoved() {
    return statements.stream().anyMatch(it -> it.text().contains("cd"));
  }

  private static boolean isOfName(char character) {
    return character == '_' || (character < 0x80 && Character.isLetterOrDigit(character));
  }

  private void refuse(String because) {
    if (why == null) why = because;
  }

  private void close() {
    var text = script.substring(Math.min(from, at), at).strip();
    if (!words.isEmpty() || to != null || why != null) {
      if (reads) reader = statements.size();
      statements.add(
          new Statement(text, why == null ? words : List.of(), to, appends, fed, why, follows));
      follows = false;
    }
    words.clear();
    to = null;
    appends = false;
    fed = null;
    reads = false;
    why = null;
  }
}
