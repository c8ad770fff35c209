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
  private static final Pattern SUBSTITUTED =
      Pattern.compile("^\\w+=\"?\\$\\((?!\\()(.*)\\)\"?$", Pattern.DOTALL);
  private static final int CALLS_MAX = 1_000;
  private static final int DEEP_MAX = 50;

  private final Map<String, Body> functions = new HashMap<>();

  /// Names of functions that are defined only under some condition: nobody knows what they do.
  private final Set<String> doubtful = new HashSet<>();

  private final Set<String> calling = new HashSet<>();
  private final Consumer<Statement> unable;
  private final ShellOptions options;
  private int calls;

  /// Whether `$?` is certainly 0 before the statement at hand.
  private boolean succeeded;

  /// @param unable is told every statement that cannot fail where it stands
  private ExitStatus(ShellOptions options, Consumer<Statement> unable) {
    this.options = options;
    this.unable = unable;
  }

  static boolean canFail(Body script, Consumer<Statement> unable) {
    return canFail(script, new ExitStatus(new ShellOptions(true, true), unable));
  }

  private static boolean canFail(Body script, ExitStatus judge) {
    judge.doubtful.addAll(Commands.doubtful(script));
    return judge.body(script, true, true);
  }

  /// @param last whether the status of this body's end counts
  /// @param top whether every statement of this body is surely run
  private boolean body(Body body, boolean last, boolean top) {
    var statements = new ArrayList<>(body.statements());
    var counts = last;
    for (var i = 0; i < statements.size(); i++) {
      if (Commands.passesOnStatus(statements.get(i))) {
        statements.subList(i, statements.size()).clear();
        counts = true;
      }
    }
    var any = false;
    for (var i = 0; i < statements.size(); i++) {
      var statement = statements.get(i);
      options(statement, top);
      succeeded = i == 0 ? top : endsWell(statements.get(i - 1));
      var can = statement(statement, counts && i == statements.size() - 1);
      can &= !options.exitTrapped() && !(top && isTrapped(statement));
      if (!can) unable.accept(statement);
      any |= can;
      if (endsHere(statement)) break;
    }
    return any;
  }

  /// Whether nothing behind a statement is ever run, and the status is 0: `exit 0`, `exec true`,
  /// and `return 0 || exit 0`, of which the second is what happens outside of a function.
  private boolean endsHere(Statement statement) {
    if (Commands.isExit(statement, "0")) return true;
    if (Commands.only(statement) instanceof Simple simple) {
      var replaced = Commands.prefix(simple).contains("exec");
      return replaced && Boolean.TRUE.equals(constant(new Pipeline(false, List.of(simple))));
    }
    return statement.operators().equals(List.of("||"))
        && statement.parts().stream().allMatch(Commands::leavesWell);
  }

  /// What holds for all that follows: functions, options, traps.
  private void options(Statement statement, boolean top) {
    var command = Commands.only(statement);
    if (top && command instanceof Function(var name, var body)) functions.put(name, body);
    if (command instanceof Simple simple) options.take(Commands.commandWords(simple), top);
  }

  /// Whether a statement that was left behind has certainly ended with 0.
  private boolean endsWell(Statement statement) {
    var single = statement.parts().size() == 1 && !statement.parts().getFirst().negated();
    return !statement.background()
        && ((options.exitOnError() && single) || !statement(statement, true));
  }

  /// `trap 'exit 0' ERR` does not reach into functions, groups and subshells.
  private boolean isTrapped(Statement statement) {
    return options.errorsTrapped()
        && statement.parts().stream()
            .flatMap(part -> part.commands().stream())
            .allMatch(command ->
                switch (command) {
                  case Simple simple -> {
                    var words = Commands.commandWords(simple);
                    yield words.isEmpty()
                        || !(Commands.LEAVING.contains(words.getFirst())
                            || words.getFirst().equals("exec")
                            || words.getFirst().equals("eval")
                            || doubtful.contains(words.getFirst())
                            || functions.containsKey(words.getFirst()));
                  }
                  case Expression _ -> true;
                  case Group _, Subshell _, Branches _, Function _ -> false;
                });
  }

  private boolean statement(Statement statement, boolean last) {
    var can = false;
    var leaves = false;
    Boolean known = null; // the status so far, where it is always the same
    for (var i = 0; i < statement.parts().size(); i++) {
      var and = i > 0 && statement.operators().get(i - 1).equals("&&");
      if (i > 0 && known != null && known != and) {
        can &= last;
        continue;
      }
      if (i > 0) succeeded = false;
      var outcome = constant(statement.parts().get(i));
      var part = pipeline(statement.parts().get(i), last);
      leaves |= leaves(statement.parts().get(i));
      var told = i == 0 || known != null || (outcome != null && outcome != and);
      known = told ? outcome : null;
      if (i == 0 || !last) {
        can = part;
      } else if (and) {
        can |= part;
      } else {
        can &= part;
      }
    }
    return leaves || (!statement.background() && can && (last || options.exitOnError()));
  }

  /// A function may be called as a command of the shell is.
  private @Nullable Boolean constant(Pipeline pipeline) {
    if (pipeline.commands().getFirst() instanceof Simple simple) {
      var words = Commands.commandWords(simple);
      var name = words.isEmpty() ? "" : words.getFirst();
      if (functions.containsKey(name) || doubtful.contains(name)) return null;
    }
    return Constants.of(pipeline, succeeded);
  }

  private boolean pipeline(Pipeline pipeline, boolean last) {
    var constant = constant(pipeline);
    if (constant != null && constant) return false;
    var commands = pipeline.commands();
    var piped = commands.size() > 1; // then each runs in a subshell
    var can = false;
    for (var i = 0; i < commands.size(); i++) {
      var counts = options.pipefail() || i == commands.size() - 1;
      var fails = command(commands.get(i), last || piped);
      can |= counts && fails && !(i > 0 && Commands.passesOn(commands.get(i)));
    }
    return pipeline.negated() ? last : can;
  }

  private boolean command(Shell command, boolean last) {
    return switch (command) {
      case Simple simple -> simple(simple);
      case Group(var body) -> body(body, last, false);
      case Subshell(var body) -> body(body, true, false);
      case Branches branches -> {
        var any = false;
        for (var body : branches.reachable()) any |= body(body, last, false);
        yield any;
      }
      case Expression _ -> true;
      case Function _ -> false;
    };
  }

  private boolean simple(Simple simple) {
    var words = Commands.commandWords(simple);
    if (words.isEmpty()) return simple.words().stream().anyMatch(this::substitutes);
    var name = words.getFirst();
    if (doubtful.contains(name)) return true;
    var function = functions.get(name);
    if (function != null && calling.size() < DEEP_MAX && ++calls < CALLS_MAX && calling.add(name)) {
      var can = body(function, true, false);
      calling.remove(name);
      return can;
    }
    return switch (name) {
      case "exit", "return" -> words.size() < 2 || !words.get(1).equals("0");
      case "set", "trap" -> false;
      case "wait" -> words.size() > 1; // without an argument its status is 0
      case "bash", "sh", "eval" -> inner(words);
      default -> !Commands.HARMLESS.contains(name) || function != null;
    };
  }

  /// Whether an assignment takes over the status of a substitution that can fail.
  private boolean substitutes(String word) {
    if (!word.contains("$(") && !word.contains("`")) return false;
    var match = SUBSTITUTED.matcher(word);
    if (!match.matches()) return true;
    var without = options.copy();
    without.take(List.of("set", "+e"), true); // as bash does there
    return nested(match.group(1), without, true);
  }

  /// `bash -c '…'`, `sh -c '…'`, `eval '…'`
  private boolean inner(List<String> words) {
    var eval = words.getFirst().equals("eval");
    if (words.size() != (eval ? 2 : 3) || !(eval || words.get(1).equals("-c"))) return true;
    var script = Constants.literal(words.getLast());
    if (script == null) return true;
    return nested(script, eval ? options.copy() : new ShellOptions(false, false), eval);
  }

  private boolean nested(String script, ShellOptions its, boolean knowsFunctions) {
    if (++calls >= CALLS_MAX) return true;
    var judge = new ExitStatus(its, _ -> {});
    judge.calls = calls;
    if (knowsFunctions) {
      judge.functions.putAll(functions);
      judge.doubtful.addAll(doubtful);
      judge.calling.addAll(calling);
    }
    try {
      return canFail(ShellParser.parse(script), judge);
    } catch (ShellText.Unclear e) {
      return true;
    } finally {
      calls = judge.calls;
    }
  }

  /// An `exit 1` ends the script from wherever it stands, except out of a subshell or a pipe.
  private boolean leaves(Pipeline pipeline) {
    return pipeline.commands().size() == 1
        && switch (pipeline.commands().getFirst()) {
          case Simple simple -> leaves(simple);
          case Group(var body) -> leaves(body);
          case Branches branches ->
              branches.conditions().stream().anyMatch(this::leaves)
                  || branches.reachable().stream().anyMatch(this::leaves);
          case Subshell _, Expression _, Function _ -> false;
        };
  }

  private boolean leaves(Simple simple) {
    var words = Commands.commandWords(simple);
    if (words.isEmpty()) return false;
    if (Commands.prefix(simple).contains("exec")) return simple(simple);
    if (Commands.LEAVING.contains(words.getFirst()))
      return words.size() < 2 || !words.get(1).equals("0");
    if (doubtful.contains(words.getFirst())) return true;
    var function = functions.get(words.getFirst());
    if (function == null) return false;
    if (calling.size() >= DEEP_MAX || ++calls >= CALLS_MAX) return true;
    if (!calling.add(words.getFirst())) return true;
    var leaves = leaves(function);
    calling.remove(words.getFirst());
    return leaves;
  }

  private boolean leaves(Body body) {
    return body.statements().stream().anyMatch(s -> s.parts().stream().anyMatch(this::leaves));
  }
}
