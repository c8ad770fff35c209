package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Shell.Body;
import dev.muster.orchestrator.engine.instruction.Shell.Expression;
import dev.muster.orchestrator.engine.instruction.Shell.Pipeline;
import dev.muster.orchestrator.engine.instruction.Shell.Simple;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What can be told about a command without running it: it always succeeds (true), it always fails
/// (false), or neither (null). `[ 1 -eq 1 ]` looks like a check and is none.
final class Constants {
  private static final Pattern UNQUOTED = Pattern.compile("[A-Za-z0-9_./:,+%@=-]+");
  private static final Pattern SINGLE = Pattern.compile("'[^']*'");
  private static final Pattern DOUBLE = Pattern.compile("\"[^\"$`\\\\]*\"");
  private static final Pattern VARIABLE = Pattern.compile("\"\\$(?:\\w+|\\{\\w+})\"");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
  private static final Pattern STATUS = Pattern.compile("\"?\\$\\?\"?");
  private static final Pattern SAYING =
      Pattern.compile(
          "(?:\\s|;|pass\\b|import (?:sys|os|json|re|pathlib|time|math)\\b"
              + "|assert (?:True|1|1 == 1)(?=\\s|;|$)|(?:sys\\.)?exit\\(0?\\)"
              + "|(?:print|console\\.log)\\((?:\\d+|'[^'\\\\]*'|\"[^\"\\\\]*\")?\\))*");
  private static final Pattern SUM =
      Pattern.compile("(\\d{1,9})\\s*(==|!=|<=|>=|<|>|\\+)\\s*(\\d{1,9})");
  private static final Set<String> WRAPPING = Set.of("env", "nice", "nohup", "time");

  /// A substitution that says what stands in it, which is no option.
  private static final Pattern SAID = Pattern.compile("\"?\\$\\(echo +([\\w.][\\w.-]*) *\\)\"?");

  private Constants() {}

  /// @param succeeded whether `$?` is certainly 0 before it
  static @Nullable Boolean of(Pipeline pipeline, boolean succeeded) {
    if (pipeline.commands().size() != 1) return null;
    var outcome =
        switch (pipeline.commands().getFirst()) {
          case Simple simple -> of(Commands.commandWords(simple), succeeded);
          case Expression(var words, _) -> expression(words);
          case Shell.Group _, Shell.Subshell _, Shell.Branches _, Shell.Function _ -> null;
        };
    return outcome == null ? null : outcome != pipeline.negated();
  }

  /// Of a condition that is one command.
  static @Nullable Boolean of(Body body) {
    if (body.statements().size() != 1) return null;
    var statement = body.statements().getFirst();
    if (statement.parts().size() != 1 || statement.background()) return null;
    return of(statement.parts().getFirst(), false);
  }

  private static @Nullable Boolean of(List<String> wrapped, boolean before) {
    var words = unwrapped(wrapped);
    if (words.isEmpty()) return null;
    var succeeded = before && words.size() == wrapped.size();
    var arguments = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "true", ":", "echo" -> true;
      case "false" -> false;
      case "test" -> test(arguments, succeeded);
      case "[" -> {
        if (arguments.isEmpty() || !arguments.getLast().equals("]")) yield null;
        yield test(arguments.subList(0, arguments.size() - 1), succeeded);
      }
      default -> (saysOnly(words) || AlwaysSo.succeeds(words)) ? Boolean.TRUE : null;
    };
  }

  /// Without what only runs the rest, however often it stands there.
  private static List<String> unwrapped(List<String> words) {
    var at = 0;
    while (at < words.size()) {
      if (WRAPPING.contains(words.get(at)) && Commands.runs(words, at + 1)) {
        at++;
      } else if (words.get(at).equals("timeout")
          && Commands.runs(words, at + 2)
          && words.get(at + 1).matches("[0-9.]+[smhd]?")) {
        at += 2;
      } else {
        break;
      }
    }
    return words.subList(at, words.size());
  }

  /// `python3 -c 'print(1)'`
  private static boolean saysOnly(List<String> words) {
    var runs = words.getFirst().matches("python[0-9.]*|node");
    if (!runs || words.size() != 3 || !words.get(1).matches("-[ce]")) return false;
    var code = literal(words.get(2));
    return code != null && SAYING.matcher(code).matches();
  }

  /// `[[ … ]]`, of which the lexer has swallowed `<` and `>`; or the one text of `((…))`.
  private static @Nullable Boolean expression(List<String> words) {
    if (words.size() == 1) {
      var number = words.getFirst().strip();
      var sum = SUM.matcher(number);
      if (sum.matches()) {
        return sum(Long.parseLong(sum.group(1)), sum.group(2), Long.parseLong(sum.group(3)));
      }
      return NUMBER.matcher(number).matches()
          ? !new BigInteger(number).equals(BigInteger.ZERO)
          : null;
    }
    return test(words, false);
  }

  private static boolean sum(long left, String operator, long right) {
    return switch (operator) {
      case "==" -> left == right;
      case "!=" -> left != right;
      case "<=" -> left <= right;
      case ">=" -> left >= right;
      case "<" -> left < right;
      case ">" -> left > right;
      default -> left + right != 0;
    };
  }

  private static @Nullable Boolean test(List<String> all, boolean succeeded) {
    var not = 0;
    while (not < all.size() && all.get(not).equals("!")) not++;
    var outcome = plainTest(all.subList(not, all.size()), succeeded);
    return outcome == null ? null : outcome == (not % 2 == 0);
  }

  private static @Nullable Boolean plainTest(List<String> words, boolean succeeded) {
    return switch (words.size()) {
      case 0 -> false;
      case 1 -> isEmpty(words.getFirst(), false);
      case 2 -> unary(words.getFirst(), words.get(1));
      case 3 -> {
        var status = succeeded && STATUS.matcher(words.getFirst()).matches();
        yield binary(status ? "0" : words.getFirst(), words.get(1), words.get(2));
      }
      default -> null;
    };
  }

  private static @Nullable Boolean unary(String operator, String word) {
    return switch (operator) {
      case "-n" -> isEmpty(word, false);
      case "-z" -> isEmpty(word, true);
      default -> AlwaysSo.place(operator, word);
    };
  }

  private static @Nullable Boolean isEmpty(String word, boolean wanted) {
    if (AlwaysSo.isSet(word)) return !wanted;
    var text = value(word);
    return text == null ? null : text.isEmpty() == wanted;
  }

  private static @Nullable Boolean binary(String left, String operator, String right) {
    var same = operator.equals("=") || operator.equals("==");
    if (same && left.equals(right) && VARIABLE.matcher(left).matches()) return true;
    var a = value(left);
    var b = value(right);
    if (AlwaysSo.isOwnNumber(left) && "0".equals(b) && operator.equals("-ge")) return true;
    if (AlwaysSo.isOwnNumber(left) && !left.contains("RANDOM") && "0".equals(b)) {
      if (operator.equals("-gt") || operator.equals("-ne")) return true;
    }
    if (a == null || b == null) return null;
    if (same) return Objects.equals(a, b);
    if (operator.equals("!=")) return !Objects.equals(a, b);
    if (!NUMBER.matcher(a).matches() || !NUMBER.matcher(b).matches()) return null;
    var order = new BigInteger(a).compareTo(new BigInteger(b));
    return switch (operator) {
      case "-eq" -> order == 0;
      case "-ne" -> order != 0;
      case "-lt" -> order < 0;
      case "-le" -> order <= 0;
      case "-gt" -> order > 0;
      case "-ge" -> order >= 0;
      default -> null;
    };
  }

  private static @Nullable String value(String word) {
    var parameter = AlwaysSo.parameter(word);
    if (parameter != null) return parameter;
    var said = SAID.matcher(word);
    return said.matches() ? said.group(1) : literal(word);
  }

  /// The text a word stands for; null when that shows only when it runs.
  static @Nullable String literal(String word) {
    if (UNQUOTED.matcher(word).matches()) return word;
    return SINGLE.matcher(word).matches() || DOUBLE.matcher(word).matches()
        ? word.substring(1, word.length() - 1)
        : null;
  }
}
