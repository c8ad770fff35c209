package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Cuts a shell script into words and operators, far enough to see its structure: quotes,
/// substitutions, here-documents, comments and redirections are swallowed whole.
final class ShellLexer extends ShellText {
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

  /// @param tabs whether tabs before its lines do not count (`<<-`)
  /// @param literal whether its word was quoted, so that a backslash joins no lines
  private record HereDocument(String word, int line, boolean tabs, boolean literal) {}

  private static final List<String> OPERATORS =
      List.of(";;&", "&&", "||", ";;", ";&", "|&", ";", "&", "|", "(", ")");

  /// Behind these a command begins.
  private static final Set<String> LEADING =
      Set.of("if", "then", "elif", "else", "while", "until", "do", "{", "!", "time", "for");

  private final List<Token> tokens = new ArrayList<>();
  private final ArrayDeque<HereDocument> heredocs = new ArrayDeque<>();

  private ShellLexer(String text) {
    super(text);
  }

  static List<Token> lex(String script) {
    return new ShellLexer(script).run();
  }

  /// What is still open where the script ends; null when nothing is, or nobody can tell.
  static @Nullable Unclosed unclosed(String script) {
    try {
      lex(script);
      return null;
    } catch (Unclear e) {
      return e.unclosed();
    }
  }

  private List<Token> run() {
    while (at < text.length()) {
      var redirects = isRedirection() && commandBegins();
      if (skip()) {
        if (redirects && commandEnds()) tokens.add(new Token("<", false, false, line));
        continue;
      }
      var c = text.charAt(at);
      if (c == '\n') {
        newline();
      } else if (text.startsWith("((", at) && commandBegins() && isArithmetic()) {
      } else if (!operator()) {
        tokens.add(word());
      }
    }
    tokens.add(operator("\n"));
    if (!heredocs.isEmpty()) throw unclosed(heredocs.getFirst());
    return tokens;
  }

  /// Its text becomes one word between its brackets.
  private boolean isArithmetic() {
    var start = at;
    if (!arithmetic()) return false;
    for (var bracket : List.of("(", "(")) tokens.add(operator(bracket));
    tokens.add(new Token(text.substring(start + 2, at - 2), false, false, line));
    for (var bracket : List.of(")", ")")) tokens.add(operator(bracket));
    return true;
  }

  /// In a substitution only the bracket that closes it is looked for: it is neither one of a group
  /// nor one behind the pattern of a `case`.
  @Override
  void commands(int opened) {
    var groups = 0;
    var cases = 0;
    var begins = true;
    while (at < text.length()) {
      if (skip()) continue;
      var c = text.charAt(at);
      if (c == ')' && groups == 0 && cases == 0) {
        at++;
        return;
      }
      if (c == '\n') {
        readLine();
        begins = true;
      } else if (begins && text.startsWith("((", at) && arithmetic()) {
        begins = false;
      } else if (c == '(' || c == ')') {
        groups = c == '(' ? groups + 1 : Math.max(0, groups - 1);
        at++;
        begins = true;
      } else if (";|&".indexOf(c) >= 0) {
        at++;
        begins = true;
      } else {
        var word = word();
        if (begins && word.isKeyword("case")) cases++;
        if (begins && word.isKeyword("esac")) cases = Math.max(0, cases - 1);
        begins = word.bare() && LEADING.contains(word.text());
      }
    }
    throw new Unclear(new Unclosed("$(", opened, false));
  }

  /// Steps over what is neither word nor operator.
  private boolean skip() {
    var c = text.charAt(at);
    if (c != '\n' && Character.isWhitespace(c)) {
      at++;
    } else if (text.startsWith("\\\n", at)) {
      at += 2;
      line++;
    } else if (c == '#') {
      while (at < text.length() && text.charAt(at) != '\n') at++;
    } else if (isRedirection()) {
      redirection();
    } else {
      return false;
    }
    return true;
  }

  private Token operator(String operator) {
    return new Token(operator, true, false, line);
  }

  private boolean commandBegins() {
    if (tokens.isEmpty()) return true;
    var last = tokens.getLast();
    return last.operator() || (last.bare() && LEADING.contains(last.text()));
  }

  /// Whether nothing but blanks follows up to the next operator, so that a redirection is a command
  /// by itself.
  private boolean commandEnds() {
    var look = at;
    while (look < text.length() && (text.charAt(look) == ' ' || text.charAt(look) == '\t')) look++;
    return look >= text.length() || "\n;|&)".indexOf(text.charAt(look)) >= 0;
  }

  private void newline() {
    tokens.add(operator("\n"));
    readLine();
  }

  private void readLine() {
    step();
    while (!heredocs.isEmpty()) skipHeredoc(heredocs.removeFirst());
  }

  private void skipHeredoc(HereDocument document) {
    var joined = "";
    while (at < text.length()) {
      var end = text.indexOf('\n', at);
      if (end < 0) end = text.length();
      var content = joined + plain(text.substring(at, end), document.tabs());
      at = Math.min(text.length(), end + 1);
      line++;
      var goesOn = !document.literal() && endsInBackslash(content);
      if (!goesOn && content.equals(document.word())) return;
      // What is longer than the word can never become it.
      var kept = Math.min(content.length() - 1, document.word().length() + 1);
      joined = goesOn ? content.substring(0, kept) : "";
    }
    throw unclosed(document);
  }

  static String plain(String line, boolean tabs) {
    return tabs ? line.replaceFirst("^\t+", "") : line;
  }

  private static boolean endsInBackslash(String line) {
    var end = line.length();
    while (end > 0 && line.charAt(end - 1) == '\\') end--;
    return (line.length() - end) % 2 == 1;
  }

  private static Unclear unclosed(HereDocument document) {
    return new Unclear(new Unclosed(document.word(), document.line(), true));
  }

  private boolean operator() {
    for (var operator : OPERATORS) {
      if (text.startsWith(operator, at)) {
        tokens.add(operator(operator));
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
    while (at < text.length() && Character.isDigit(text.charAt(at))) at++;
    while (at < text.length() && "<>&|-".indexOf(text.charAt(at)) >= 0) at++;
    var operator = text.substring(start, at);
    if (operator.matches(".*[<>]&")) {
      while (at < text.length() && Character.isDigit(text.charAt(at))) at++;
      if (at > start + operator.length()) return;
    }
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) at++;
    if (operator.matches(".*[<>]&-") || at >= text.length() || text.charAt(at) == '\n') return;
    if (";|&()".indexOf(text.charAt(at)) >= 0) throw new Unclear("it redirects to nothing", line);
    var opened = line;
    var target = word();
    if (operator.contains("<<") && !operator.contains("<<<")) {
      var word = target.text().replaceAll("[\"'\\\\]", "");
      heredocs.add(
          new HereDocument(word, opened, operator.endsWith("-"), !word.equals(target.text())));
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
        substitution();
        bare = false;
      } else if (Character.isWhitespace(c) || ";|&()<>".indexOf(c) >= 0) {
        break;
      } else {
        bare &= !quotedPart(false);
      }
    }
    return new Token(text.substring(start, at), false, bare, firstLine);
  }
}
