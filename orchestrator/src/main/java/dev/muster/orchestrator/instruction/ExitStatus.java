package dev.muster.orchestrator.instruction;

import dev.muster.orchestrator.instruction.Shell.Body;
import dev.muster.orchestrator.instruction.Shell.Branches;
import dev.muster.orchestrator.instruction.Shell.Expression;
import dev.muster.orchestrator.instruction.Shell.Function;
import dev.muster.orchestrator.instruction.Shell.Group;
import dev.muster.orchestrator.instruction.Shell.Pipeline;
import dev.muster.orchestrator.instruction.Shell.Simple;
import dev.muster.orchestrator.instruction.Shell.Statement;
import dev.muster.orchestrator.instruction.Shell.Subshell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides whether a script can end with a status other than 0 when run with `bash -eo pipefail`.
///
/// The rules are those of `man bash`, `set -e`: a failing command ends the script unless it is a
/// condition, is negated by `!`, runs in the background, or is any but the last of an `&&`/`||`
/// list; and the status of a script, a function and a subshell is that of its last command. In
/// doubt the answer is yes.
final class ExitStatus {
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
          "times");

  private static final Set<String> LEAVING = Set.of("exit", "return");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("^[A-Za-z_][A-Za-z0-9_]*(?:\\[[^]]*])?\\+?=.*", Pattern.DOTALL);
  private static final int CALLS_MAX = 1_000;

  private final Map<String, Body> functions = new HashMap<>();

  /// Names of functions that are defined only under some condition: nobody knows what they do.
  private final Set<String> doubtful = new HashSet<>();

  private final Set<String> calling = new HashSet<>();
  private final Consumer<Statement> unable;
  private boolean exitOnError = true;
  private boolean trapped;
  private int calls;

  /// @param unable is told every statement that cannot fail where it stands
  private ExitStatus(Consumer<Statement> unable) {
    this.unable = unable;
  }

  static boolean canFail(Body script, Consumer<Statement> unable) {
    var judge = new ExitStatus(unable);
    for (var statement : script.statements()) {
      if (!(only(statement) instanceof Function(_, var body))) judge.collectDoubtful(statement);
      else judge.collectDoubtful(body);
    }
    return judge.body(script, true, true);
  }

  /// @param last whether the status of this body's end counts
  /// @param top whether every statement of this body is surely run
  private boolean body(Body body, boolean last, boolean top) {
    var statements = new ArrayList<>(body.statements());
    var counts = last;
    for (var i = 0; i < statements.size(); i++) {
      if (passesOnStatus(statements.get(i))) {
        statements.subList(i, statements.size()).clear();
        counts = true;
      }
    }
    var any = false;
    for (var i = 0; i < statements.size(); i++) {
      var statement = statements.get(i);
      if (top) options(statement);
      var can = statement(statement, counts && i == statements.size() - 1) && !trapped;
      if (!can) unable.accept(statement);
      any |= can;
      if (isExit(statement, "0")) break;
    }
    return any;
  }

  private void collectDoubtful(Body body) {
    body.statements().forEach(this::collectDoubtful);
  }

  private void collectDoubtful(Statement statement) {
    for (var part : statement.parts()) {
      for (var command : part.commands()) {
        switch (command) {
          case Function(var name, var body) -> {
            doubtful.add(name);
            collectDoubtful(body);
          }
          case Group(var body) -> collectDoubtful(body);
          case Subshell(var body) -> collectDoubtful(body);
          case Branches(var conditions, var bodies) -> {
            conditions.forEach(this::collectDoubtful);
            bodies.forEach(this::collectDoubtful);
          }
          case Simple _, Expression _ -> {}
        }
      }
    }
  }

  /// What holds for all that follows: functions, `set -e` and `set +e`, `trap 'exit 0' EXIT`.
  private void options(Statement statement) {
    var command = only(statement);
    if (command instanceof Function(var name, var body)) functions.put(name, body);
    if (!(command instanceof Simple(var words, _)) || words.size() < 2) return;
    if (words.getFirst().equals("set") && words.get(1).matches("\\+[a-z]*e[a-z]*")) {
      exitOnError = false;
    }
    if (words.getFirst().equals("trap") && words.get(1).contains("exit 0")) {
      trapped |= words.contains("EXIT") || words.contains("0");
    }
  }

  private boolean statement(Statement statement, boolean last) {
    var can = false;
    var leaves = false;
    for (var i = 0; i < statement.parts().size(); i++) {
      var part = pipeline(statement.parts().get(i), last);
      leaves |= leaves(statement.parts().get(i));
      if (i == 0 || !last) {
        can = part;
      } else if (statement.operators().get(i - 1).equals("&&")) {
        can |= part;
      } else {
        can &= part;
      }
    }
    return leaves || (!statement.background() && can && (last || exitOnError));
  }

  private boolean pipeline(Pipeline pipeline, boolean last) {
    var piped = pipeline.commands().size() > 1; // then each runs in a subshell
    var can = false;
    for (var command : pipeline.commands()) can |= command(command, last || piped);
    return pipeline.negated() ? last : can;
  }

  private boolean command(Shell command, boolean last) {
    return switch (command) {
      case Simple simple -> simple(simple);
      case Group(var body) -> body(body, last, false);
      case Subshell(var body) -> body(body, true, false);
      case Branches(_, var bodies) -> {
        var any = false;
        for (var body : bodies) any |= body(body, last, false);
        yield any;
      }
      case Expression _ -> true;
      case Function _ -> false;
    };
  }

  private boolean simple(Simple simple) {
    var words = commandWords(simple);
    if (words.isEmpty()) return simple.words().stream().anyMatch(ExitStatus::substitutes);
    var name = words.getFirst();
    if (doubtful.contains(name)) return true;
    var function = functions.get(name);
    if (function != null && ++calls < CALLS_MAX && calling.add(name)) {
      var can = body(function, true, false);
      calling.remove(name);
      return can;
    }
    return switch (name) {
      case "exit", "return" -> words.size() < 2 || !words.get(1).equals("0");
      case "set" -> {
        if (words.size() > 1 && words.get(1).matches("-[a-z]*e[a-z]*")) exitOnError = true;
        yield false;
      }
      case "trap" -> false;
      default -> !HARMLESS.contains(name) || function != null;
    };
  }

  /// The command without assignments before it and without words that only wrap it.
  static List<String> commandWords(Simple simple) {
    var words = simple.words();
    var at = 0;
    while (at < words.size()
        && (ASSIGNMENT.matcher(words.get(at)).matches()
            || words.get(at).equals("command")
            || words.get(at).equals("builtin"))) {
      at++;
    }
    return words.subList(at, words.size());
  }

  private static boolean substitutes(String word) {
    return word.contains("$(") || word.contains("`");
  }

  /// `exit` and `exit $?` pass on the status of what stands before.
  private static boolean passesOnStatus(Statement statement) {
    return isExit(statement, null) || isExit(statement, "$?") || isExit(statement, "\"$?\"");
  }

  private static boolean isExit(Statement statement, @Nullable String status) {
    if (!(only(statement) instanceof Simple(var words, _))) return false;
    if (words.isEmpty() || !words.getFirst().equals("exit")) return false;
    return status == null ? words.size() == 1 : words.size() == 2 && words.get(1).equals(status);
  }

  /// The one command of a statement that is nothing else; null for lists, pipes and the like.
  private static @Nullable Shell only(Statement statement) {
    if (statement.parts().size() != 1 || statement.background()) return null;
    var pipeline = statement.parts().getFirst();
    return pipeline.negated() || pipeline.commands().size() != 1
        ? null
        : pipeline.commands().getFirst();
  }

  /// An `exit 1` ends the script from wherever it stands, except out of a subshell or a pipe.
  private boolean leaves(Pipeline pipeline) {
    return pipeline.commands().size() == 1
        && switch (pipeline.commands().getFirst()) {
          case Simple simple -> leaves(simple);
          case Group(var body) -> leaves(body);
          case Branches(var conditions, var bodies) ->
              conditions.stream().anyMatch(this::leaves) || bodies.stream().anyMatch(this::leaves);
          case Subshell _, Expression _, Function _ -> false;
        };
  }

  private boolean leaves(Simple simple) {
    var words = commandWords(simple);
    if (words.isEmpty()) return false;
    if (LEAVING.contains(words.getFirst())) return words.size() < 2 || !words.get(1).equals("0");
    if (doubtful.contains(words.getFirst())) return true;
    var function = functions.get(words.getFirst());
    if (function == null) return false;
    if (++calls >= CALLS_MAX || !calling.add(words.getFirst())) return true;
    var leaves = leaves(function);
    calling.remove(words.getFirst());
    return leaves;
  }

  private boolean leaves(Body body) {
    return body.statements().stream().anyMatch(s -> s.parts().stream().anyMatch(this::leaves));
  }
}
