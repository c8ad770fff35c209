package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Shell.Body;
import dev.muster.orchestrator.engine.instruction.Shell.Branches.Kind;
import dev.muster.orchestrator.engine.instruction.Shell.Pipeline;
import dev.muster.orchestrator.engine.instruction.Shell.Statement;
import dev.muster.orchestrator.engine.instruction.ShellLexer.Token;
import dev.muster.orchestrator.engine.instruction.ShellText.Unclear;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the structure of a shell script. It knows the grammar of `man bash`, section SHELL
/// GRAMMAR, without expansions. Throws [Unclear] for what it does not understand.
final class ShellParser {
  private static final Set<String> CLOSERS =
      Set.of("then", "do", "done", "fi", "else", "elif", "esac", "}");
  private static final int DEPTH_MAX = 50;

  private final List<Token> tokens;
  private int at;
  private int depth;

  private ShellParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Body parse(String script) {
    return parse(ShellLexer.lex(script));
  }

  static Body parse(List<Token> tokens) {
    var parser = new ShellParser(tokens);
    var body = parser.body();
    if (parser.at < parser.tokens.size()) throw parser.unclear();
    return body;
  }

  private Body body() {
    if (++depth > DEPTH_MAX) throw new Unclear("it is nested too deep", peek().line());
    var statements = new ArrayList<Statement>();
    skipSeparators();
    while (!ended()) {
      statements.add(statement());
      skipSeparators();
    }
    depth--;
    return new Body(statements);
  }

  private boolean ended() {
    if (at >= tokens.size()) return true;
    var token = peek();
    return token.operator()
        ? token.is(")") || token.text().startsWith(";;") || token.is(";&")
        : token.bare() && CLOSERS.contains(token.text());
  }

  private void skipSeparators() {
    while (at < tokens.size() && (peek().is("\n") || peek().is(";") || peek().is("&"))) at++;
  }

  private void skipNewlines() {
    while (at < tokens.size() && peek().is("\n")) at++;
  }

  private Statement statement() {
    var line = peek().line();
    var parts = new ArrayList<Pipeline>();
    var operators = new ArrayList<String>();
    parts.add(pipeline());
    while (at < tokens.size() && (peek().is("&&") || peek().is("||"))) {
      operators.add(next().text());
      skipNewlines();
      parts.add(pipeline());
    }
    var background = at < tokens.size() && peek().is("&");
    return new Statement(parts, operators, background, line);
  }

  private Pipeline pipeline() {
    var negated = false;
    while (peek().isKeyword("!")) {
      negated = !negated;
      at++;
    }
    if (peek().isKeyword("time")) at++;
    var commands = new ArrayList<Shell>();
    commands.add(command());
    while (at < tokens.size() && (peek().is("|") || peek().is("|&"))) {
      at++;
      skipNewlines();
      commands.add(command());
    }
    return new Pipeline(negated, commands);
  }

  private Shell command() {
    var token = peek();
    if (token.is("(")) return parenthesis();
    if (token.operator()) throw unclear();
    if (!token.bare()) return simple();
    return switch (token.text()) {
      case "{" -> grouped("}");
      case "if" -> conditional();
      case "while", "until" -> loop();
      case "for", "select" -> forLoop();
      case "case" -> cases();
      case "[[" -> expression();
      case "function" -> namedFunction();
      default -> isFunction() ? function() : simple();
    };
  }

  private Shell parenthesis() {
    var line = peek().line();
    if (at + 1 < tokens.size() && tokens.get(at + 1).is("(")) {
      var words = new ArrayList<String>();
      var open = 0;
      do {
        if (peek().is("(")) open++;
        if (peek().is(")")) open--;
        if (!peek().operator()) words.add(peek().text());
        at++;
      } while (open > 0);
      return new Shell.Expression(words, line);
    }
    at++;
    var body = body();
    if (!next().is(")")) throw unclear();
    return new Shell.Subshell(body);
  }

  private Shell grouped(String closer) {
    at++;
    var body = body();
    keyword(closer);
    return new Shell.Group(body);
  }

  private Shell conditional() {
    at++;
    var conditions = new ArrayList<Body>();
    conditions.add(body());
    keyword("then");
    var bodies = new ArrayList<Body>();
    bodies.add(body());
    while (peek().isKeyword("elif")) {
      at++;
      conditions.add(body());
      keyword("then");
      bodies.add(body());
    }
    if (peek().isKeyword("else")) {
      at++;
      bodies.add(body());
    }
    keyword("fi");
    return new Shell.Branches(Kind.IF, conditions, bodies);
  }

  private Shell loop() {
    var kind = next().text().equals("until") ? Kind.UNTIL : Kind.WHILE;
    var condition = body();
    keyword("do");
    var body = body();
    keyword("done");
    return new Shell.Branches(kind, List.of(condition), List.of(body));
  }

  private Shell forLoop() {
    while (!peek().isKeyword("do")) at++;
    at++;
    var body = body();
    keyword("done");
    return new Shell.Branches(Kind.OTHER, List.of(), List.of(body));
  }

  /// Of a word that stands for itself, only what it surely comes to.
  private Shell cases() {
    at++;
    var word = Constants.literal(peek().text());
    while (!peek().isKeyword("in")) at++;
    at++;
    var bodies = new ArrayList<Body>();
    @Nullable Body taken = null;
    skipNewlines();
    while (!peek().isKeyword("esac")) {
      var patterns = new ArrayList<String>();
      for (var token = next(); !token.is(")"); token = next()) {
        if (!token.operator()) patterns.add(token.text());
      }
      var body = body();
      bodies.add(body);
      var goesOn = peek().operator() && !next().is(";;"); // ;& or ;;&
      if (taken == null && word != null) {
        var literals = patterns.stream().map(Constants::literal).toList();
        var matches = literals.contains(word) || patterns.contains("*");
        if (matches && !goesOn) taken = body;
        else if (matches || literals.contains(null)) word = null;
      }
      skipNewlines();
    }
    at++;
    return new Shell.Branches(Kind.OTHER, List.of(), taken == null ? bodies : List.of(taken));
  }

  private Shell expression() {
    var line = next().line();
    var words = new ArrayList<String>();
    while (!peek().isKeyword("]]")) words.add(next().text());
    at++;
    return new Shell.Expression(words, line);
  }

  private boolean isFunction() {
    return at + 2 < tokens.size()
        && tokens.get(at + 1).is("(")
        && tokens.get(at + 2).is(")")
        && !peek().text().endsWith("=");
  }

  private Shell function() {
    var name = next().text();
    at += 2;
    return functionBody(name);
  }

  private Shell namedFunction() {
    at++;
    var name = next().text();
    if (peek().is("(")) at += 2;
    return functionBody(name);
  }

  private Shell functionBody(String name) {
    skipNewlines();
    return new Shell.Function(
        name,
        new Body(
            List.of(
                new Statement(
                    List.of(new Pipeline(false, List.of(command()))),
                    List.of(),
                    false,
                    peek().line()))));
  }

  private Shell simple() {
    var line = peek().line();
    var words = new ArrayList<String>();
    while (at < tokens.size() && !peek().operator()) words.add(next().text());
    while (at < tokens.size() && peek().is("(")) arrayOrUnclear(words);
    return new Shell.Simple(words, line);
  }

  /// `name=( a b )` looks like a subshell to the lexer.
  private void arrayOrUnclear(List<String> words) {
    if (!words.getLast().endsWith("=")) throw unclear();
    while (!next().is(")")) {}
    while (at < tokens.size() && !peek().operator()) words.add(next().text());
  }

  private void keyword(String expected) {
    if (!next().isKeyword(expected)) throw unclear();
  }

  private Token peek() {
    if (at >= tokens.size()) {
      throw new Unclear("it ends before what is begun is closed", tokens.getLast().line());
    }
    return tokens.get(at);
  }

  private Token next() {
    var token = peek();
    at++;
    return token;
  }

  private Unclear unclear() {
    var token = tokens.get(Math.min(at, tokens.size() - 1));
    var text = token.is("\n") ? "the end of the line" : "'" + token.text() + "'";
    return new Unclear(text + " is not expected here", token.line());
  }
}
