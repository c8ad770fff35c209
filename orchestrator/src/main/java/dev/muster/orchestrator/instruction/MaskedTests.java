package dev.muster.orchestrator.instruction;

import dev.muster.orchestrator.instruction.Shell.Body;
import dev.muster.orchestrator.instruction.Shell.Branches;
import dev.muster.orchestrator.instruction.Shell.Expression;
import dev.muster.orchestrator.instruction.Shell.Function;
import dev.muster.orchestrator.instruction.Shell.Group;
import dev.muster.orchestrator.instruction.Shell.Pipeline;
import dev.muster.orchestrator.instruction.Shell.Simple;
import dev.muster.orchestrator.instruction.Shell.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides whether a test script can fail when run with `bash -eo pipefail`, as the runtime does.
///
/// The rules are those of `man bash`, `set -e`: a failing command ends the script unless it is a
/// condition, is negated by `!`, runs in the background, or is any but the last of an `&&`/`||`
/// list; and the status of a script is that of its last command. A script this class does not
/// understand counts as able to fail: it must not cry wolf.
final class MaskedTests {
  private static final Set<String> HARMLESS =
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
  private static final Set<String> HOUSEKEEPING =
      Set.of("rm", "rmdir", "kill", "wait", "mkdir", "touch", "chmod", "cd", "pushd", "popd");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("^[A-Za-z_][A-Za-z0-9_]*(?:\\[[^]]*])?\\+?=.*", Pattern.DOTALL);

  private final Map<String, Body> functions = new HashMap<>();
  private final List<Integer> maskedLines = new ArrayList<>();
  private boolean exitOnError = true;
  private boolean trapped;
  private int calls;

  private MaskedTests() {}

  /// @param whole true when the script as a whole cannot fail
  /// @param lines where, counted from 1 inside the script, a check stands that cannot fail
  record Verdict(boolean whole, List<Integer> lines) {}

  static Verdict judge(String script) {
    try {
      var judge = new MaskedTests();
      var canFail = judge.canFail(ShellParser.parse(script), true) && !judge.trapped;
      return new Verdict(!canFail, judge.maskedLines.stream().distinct().toList());
    } catch (ShellLexer.Unclear e) {
      return new Verdict(false, List.of());
    }
  }

  /// @param last whether the status of this body's end is the status of the script
  private boolean canFail(Body body, boolean last) {
    var statements = new ArrayList<>(body.statements());
    var end = statements.size();
    for (var i = 0; i < end; i++) {
      if (endsWithStatusBefore(statements.get(i))) {
        statements.subList(i, end).clear();
        break;
      }
    }
    var any = false;
    for (var i = 0; i < statements.size(); i++) {
      var statement = statements.get(i);
      var isLast = last && i == statements.size() - 1;
      var can = canFail(statement, isLast);
      if (!can && isMaskedCheck(statement)) maskedLines.add(statement.line());
      any |= can;
      if (isExit(statement, "0")) break;
    }
    return any;
  }

  private boolean canFail(Statement statement, boolean last) {
    var can = false;
    var leaves = false;
    for (var i = 0; i < statement.parts().size(); i++) {
      var part = statement.parts().get(i);
      var partCan = canFail(part, last);
      leaves |= leaves(part);
      if (i == 0 || !last) {
        can = partCan;
      } else if (statement.operators().get(i - 1).equals("&&")) {
        can |= partCan;
      } else {
        can &= partCan;
      }
    }
    return leaves || (!statement.background() && can && (last || exitOnError));
  }

  private boolean canFail(Pipeline pipeline, boolean last) {
    var can = false;
    for (var command : pipeline.commands()) can |= canFail(command, last);
    return pipeline.negated() ? last : can;
  }

  private boolean canFail(Shell command, boolean last) {
    return switch (command) {
      case Simple simple -> canFail(simple, last);
      case Group(var body) -> canFail(body, last);
      case Branches branches -> {
        var any = false;
        for (var body : branches.bodies()) any |= canFail(body, last);
        yield any;
      }
      case Expression _ -> true;
      case Function(var name, var body) -> {
        functions.put(name, body);
        yield false;
      }
    };
  }

  private boolean canFail(Simple simple, boolean last) {
    var words = commandWords(simple);
    if (words.isEmpty()) return simple.words().stream().anyMatch(MaskedTests::substitutes);
    var name = words.getFirst();
    var function = functions.get(name);
    if (function != null && ++calls < 1_000) {
      functions.remove(name); // a recursive call counts as able to fail
      var can = canFail(function, last);
      functions.put(name, function);
      return can;
    }
    return switch (name) {
      case "exit", "return" -> words.size() < 2 || !words.get(1).equals("0");
      case "set" -> {
        setOption(words);
        yield false;
      }
      case "trap" -> {
        trapped |= words.size() > 1 && words.get(1).contains("exit 0");
        yield false;
      }
      default -> !HARMLESS.contains(name);
    };
  }

  private void setOption(List<String> words) {
    if (words.size() < 2) return;
    var option = words.get(1);
    if (option.startsWith("+") && option.contains("e")) exitOnError = false;
    if (option.startsWith("-") && option.contains("e")) exitOnError = true;
  }

  /// The command without assignments before it and without words that only wrap it.
  private static List<String> commandWords(Simple simple) {
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
  private static boolean endsWithStatusBefore(Statement statement) {
    return isExit(statement, null) || isExit(statement, "$?") || isExit(statement, "\"$?\"");
  }

  private static boolean isExit(Statement statement, @Nullable String status) {
    if (statement.parts().size() != 1) return false;
    var commands = statement.parts().getFirst().commands();
    if (commands.size() != 1 || !(commands.getFirst() instanceof Simple(var words, _)))
      return false;
    if (words.isEmpty() || !words.getFirst().equals("exit")) return false;
    return status == null ? words.size() == 1 : words.size() == 2 && words.get(1).equals(status);
  }

  /// An `exit 1` ends the script from wherever it stands, except out of a subshell or a pipe.
  private static boolean leaves(Pipeline pipeline) {
    return pipeline.commands().size() == 1
        && switch (pipeline.commands().getFirst()) {
          case Simple(var words, _) ->
              words.size() > 1 && words.getFirst().equals("exit") && !words.get(1).equals("0");
          case Group(var body) -> leaves(body);
          case Branches(_, var bodies, _) -> bodies.stream().anyMatch(MaskedTests::leaves);
          case Expression _, Function _ -> false;
        };
  }

  private static boolean leaves(Body body) {
    return body.statements().stream()
        .anyMatch(s -> !s.background() && s.parts().stream().anyMatch(MaskedTests::leaves));
  }

  /// Whether a statement looks at something, so that its author expected it to be able to fail.
  private boolean isMaskedCheck(Statement statement) {
    if (statement.background()) return false;
    var parts = statement.parts();
    var checks = parts.stream().anyMatch(part -> part.commands().stream().anyMatch(this::checks));
    var fallback = parts.getLast().commands().getLast();
    var remembers = fallback instanceof Simple simple && commandWords(simple).isEmpty();
    return checks && !remembers;
  }

  private boolean checks(Shell command) {
    return switch (command) {
      case Simple simple -> {
        var words = commandWords(simple);
        yield !words.isEmpty()
            && !HARMLESS.contains(words.getFirst())
            && !HOUSEKEEPING.contains(words.getFirst())
            && !Set.of("exit", "return", "set", "trap").contains(words.getFirst());
      }
      case Expression _ -> true;
      case Branches branches -> branches.bodies().stream().anyMatch(MaskedTests::reportsFailure);
      case Group _, Function _ -> false; // what is inside was judged by itself
    };
  }

  /// A branch that only says FAIL and goes on.
  private static boolean reportsFailure(Body body) {
    return body.statements().stream()
        .flatMap(statement -> statement.parts().stream())
        .flatMap(part -> part.commands().stream())
        .anyMatch(command ->
            command instanceof Simple(var words, _)
                && !words.isEmpty()
                && (words.getFirst().equals("echo") || words.getFirst().equals("printf"))
                && words.stream().anyMatch(word -> word.contains("FAIL")));
  }
}
