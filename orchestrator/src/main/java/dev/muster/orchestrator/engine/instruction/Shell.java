package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
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
  record Branches(Kind kind, List<Body> conditions, List<Body> bodies) implements Shell {
    enum Kind {
      IF,
      WHILE,
      UNTIL,
      OTHER
    }

    /// The bodies that are not behind a condition with one outcome only.
    List<Body> reachable() {
      var reachable = new ArrayList<Body>();
      for (var i = 0; i < bodies.size(); i++) {
        var outcome = i < conditions.size() ? Constants.of(conditions.get(i)) : null;
        var wanted = kind != Kind.UNTIL;
        if (outcome == null || outcome == wanted) reachable.add(bodies.get(i));
        if (kind == Kind.IF && outcome != null && outcome) break;
      }
      return reachable;
    }
  }

  /// `[[ … ]]` and `(( … ))`
  ///
  /// @param words what stands between; of arithmetic the whole as one
  record Expression(List<String> words, int line) implements Shell {}

  record Function(String name, Body body) implements Shell {}

  record Pipeline(boolean negated, List<Shell> commands) {}

  /// `a && b || c`
  ///
  /// @param operators one fewer than the parts
  record Statement(List<Pipeline> parts, List<String> operators, boolean background, int line) {}

  record Body(List<Statement> statements) {}
}
