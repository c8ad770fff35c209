package dev.muster.orchestrator.instruction;

import java.util.List;

/// The structure of a shell script, as far as its exit status depends on it.
sealed interface Shell {
  /// @param words the command and its arguments as written, assignments included
  record Simple(List<String> words, int line) implements Shell {}

  /// `{ …; }`
  record Group(Body body) implements Shell {}

  /// `( … )`
  record Subshell(Body body) implements Shell {}

  /// `if`, `case`, `for`, `while`, `until`: bodies of which any may run
  ///
  /// @param conditions empty for `for` and `case`
  record Branches(List<Body> conditions, List<Body> bodies) implements Shell {}

  /// `[[ … ]]` and `(( … ))`
  record Expression(int line) implements Shell {}

  record Function(String name, Body body) implements Shell {}

  record Pipeline(boolean negated, List<Shell> commands) {}

  /// `a && b || c`
  ///
  /// @param operators one fewer than the parts
  record Statement(List<Pipeline> parts, List<String> operators, boolean background, int line) {}

  record Body(List<Statement> statements) {}
}
