package dev.muster.orchestrator.engine.instruction;

import static dev.muster.orchestrator.engine.instruction.Commands.commandWords;

import dev.muster.orchestrator.engine.instruction.Shell.Body;
import dev.muster.orchestrator.engine.instruction.Shell.Branches;
import dev.muster.orchestrator.engine.instruction.Shell.Expression;
import dev.muster.orchestrator.engine.instruction.Shell.Function;
import dev.muster.orchestrator.engine.instruction.Shell.Group;
import dev.muster.orchestrator.engine.instruction.Shell.Simple;
import dev.muster.orchestrator.engine.instruction.Shell.Statement;
import dev.muster.orchestrator.engine.instruction.Shell.Subshell;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Finds test scripts that cannot fail, and checks that cannot fail inside scripts that can. A
/// script that is not understood counts as able to fail: this must not cry wolf.
final class MaskedTests {
  private static final Set<String> HOUSEKEEPING =
      Set.of(
          "rm", "rmdir", "kill", "wait", "mkdir", "touch", "chmod", "cd", "pushd", "popd", "exit",
          "return", "set", "trap");

  private MaskedTests() {}

  /// @param whole true when the script as a whole cannot fail
  /// @param lines where, counted from 1 inside the script, a check stands that cannot fail
  record Verdict(boolean whole, List<Integer> lines) {}

  static Verdict judge(String script) {
    try {
      var lines = new TreeSet<Integer>();
      var canFail =
          ExitStatus.canFail(
              ShellParser.parse(script),
              statement -> {
                if (isCheck(statement)) lines.add(statement.line());
              });
      return new Verdict(!canFail, List.copyOf(lines));
    } catch (ShellText.Unclear e) {
      return new Verdict(false, List.of());
    }
  }

  /// Whether a statement looks at something, so that its author expected it to be able to fail.
  private static boolean isCheck(Statement statement) {
    if (statement.background()) return false;
    var parts = statement.parts();
    var fallback = parts.getLast().commands().getLast();
    var remembers = fallback instanceof Simple simple && commandWords(simple).isEmpty();
    return !remembers
        && parts.stream().flatMap(part -> part.commands().stream()).anyMatch(MaskedTests::checks);
  }

  private static boolean checks(Shell command) {
    return switch (command) {
      case Simple simple -> {
        var words = commandWords(simple);
        yield !words.isEmpty()
            && !Commands.HARMLESS.contains(words.getFirst())
            && !HOUSEKEEPING.contains(words.getFirst());
      }
      case Expression _ -> true;
      case Branches branches -> branches.reachable().stream().anyMatch(MaskedTests::reportsFailure);
      case Group _, Subshell _, Function _ -> false; // what is inside is judged by itself
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
