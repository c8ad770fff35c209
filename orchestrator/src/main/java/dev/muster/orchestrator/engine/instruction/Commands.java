package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Shell.Body;
import dev.muster.orchestrator.engine.instruction.Shell.Branches;
import dev.muster.orchestrator.engine.instruction.Shell.Expression;
import dev.muster.orchestrator.engine.instruction.Shell.Function;
import dev.muster.orchestrator.engine.instruction.Shell.Group;
import dev.muster.orchestrator.engine.instruction.Shell.Pipeline;
import dev.muster.orchestrator.engine.instruction.Shell.Simple;
import dev.muster.orchestrator.engine.instruction.Shell.Statement;
import dev.muster.orchestrator.engine.instruction.Shell.Subshell;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a command is, whatever happens around it.
final class Commands {
  static final Set<String> HARMLESS =
      Set.of(
          ":",
          "true",
          "echo",
          "printf",
          "export",
          "declare",
          "local",
          "readonly",
          "typeset",
          "sleep",
          "date",
          "pwd",
          "shopt",
          "unset",
          "alias",
          "umask",
          "hash",
          "times",
          "break",
          "continue");

  static final Set<String> LEAVING = Set.of("exit", "return");

  static final Pattern ASSIGNMENT =
      Pattern.compile("^[A-Za-z_][A-Za-z0-9_]*(?:\\[[^]]*])?\\+?=.*", Pattern.DOTALL);

  /// The command without assignments before it and without words that only wrap it.
  static List<String> commandWords(Simple simple) {
    var words = simple.words();
    var at = 0;
    while (at < words.size()
        && (ASSIGNMENT.matcher(words.get(at)).matches()
            || words.get(at).equals("command")
            || words.get(at).equals("builtin")
            || (words.get(at).equals("exec") && runs(words, at + 1)))) {
      at++;
    }
    return words.subList(at, words.size());
  }

  /// Whether a word stands there that is no option.
  static boolean runs(List<String> words, int at) {
    return at < words.size() && !words.get(at).startsWith("-");
  }

  /// Whether a command only hands on what is piped into it.
  static boolean passesOn(Shell command) {
    if (!(command instanceof Simple simple)) return false;
    var words = commandWords(simple);
    return !words.isEmpty()
        && (words.getFirst().equals("tee")
            || (words.getFirst().equals("cat") && words.size() == 1));
  }

  /// `exit` and `exit $?` pass on the status of what stands before.
  static boolean passesOnStatus(Statement statement) {
    return isExit(statement, null) || isExit(statement, "$?") || isExit(statement, "\"$?\"");
  }

  static boolean isExit(Statement statement, @Nullable String status) {
    if (!(only(statement) instanceof Simple(var words, _))) return false;
    if (words.isEmpty() || !words.getFirst().equals("exit")) return false;
    return status == null ? words.size() == 1 : words.size() == 2 && words.get(1).equals(status);
  }

  /// The one command of a statement that is nothing else; null for lists, pipes and the like.
  static @Nullable Shell only(Statement statement) {
    if (statement.parts().size() != 1 || statement.background()) return null;
    var pipeline = statement.parts().getFirst();
    return pipeline.negated() || pipeline.commands().size() != 1
        ? null
        : pipeline.commands().getFirst();
  }

  private Commands() {}

  /// Names of functions that are defined anywhere but at the top: nobody knows what they do.
  static Set<String> doubtful(Body script) {
    var names = new HashSet<String>();
    for (var statement : script.statements()) {
      if (only(statement) instanceof Function(_, var body)) collect(body, names);
      else collect(statement, names);
    }
    return names;
  }

  private static void collect(Body body, Set<String> names) {
    body.statements().forEach(statement -> collect(statement, names));
  }

  private static void collect(Statement statement, Set<String> names) {
    for (var part : statement.parts()) {
      for (var command : part.commands()) {
        switch (command) {
          case Function(var name, var body) -> {
            names.add(name);
            collect(body, names);
          }
          case Group(var body) -> collect(body, names);
          case Subshell(var body) -> collect(body, names);
          case Branches(_, var conditions, var bodies) -> {
            conditions.forEach(condition -> collect(condition, names));
            bodies.forEach(body -> collect(body, names));
          }
          case Simple _, Expression _ -> {}
        }
      }
    }
  }

  static boolean leavesWell(Pipeline pipeline) {
    if (pipeline.negated() || pipeline.commands().size() != 1) return false;
    if (!(pipeline.commands().getFirst() instanceof Simple simple)) return false;
    var words = commandWords(simple);
    return words.size() > 1 && LEAVING.contains(words.getFirst()) && words.get(1).equals("0");
  }

  /// What stands before a command.
  static List<String> prefix(Simple simple) {
    var words = commandWords(simple);
    return simple.words().subList(0, simple.words().size() - words.size());
  }
}
