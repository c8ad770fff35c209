package dev.muster.cli.verb;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with a command line, as "expected …, found …" and not in the parser's words.
final class Misuse {
  private static final Pattern CHOICE =
      Pattern.compile("(?s)expected one of \\[([^]]*)] \\(case-insensitive\\) but was '(.*)'$");

  private static final Pattern NUMBER =
      Pattern.compile("(?s)'(.*)' is not an? (?:int|long|short|byte)$");

  private static final Pattern PLACE =
      Pattern.compile(
          "^Invalid value for (?:option '|positional parameter at index \\d+ \\()([^')]*)['\\)]"
              + "(?: \\([^)]*\\))?: ");

  private Misuse() {}

  static String words(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      var found = unmatched.getUnmatched().getFirst();
      return "expected " + expected(e.getCommandLine(), found) + ", found '" + found + "'";
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return "expected "
          + missing.getMissing().stream().map(Misuse::named).collect(joining(" and "))
          + ", found nothing";
    }
    var message = PLACE.matcher(String.valueOf(e.getMessage())).replaceFirst("$1: ");
    var number = NUMBER.matcher(message);
    if (number.find()) {
      return message.substring(0, number.start())
          + "expected a whole number, found '"
          + number.group(1)
          + "'";
    }
    var choice = CHOICE.matcher(message);
    if (!choice.find()) return message;
    var values = Arrays.asList(choice.group(1).toLowerCase(Locale.ROOT).split(", ", -1));
    return message.substring(0, choice.start())
        + "expected "
        + oneOf(values)
        + ", found '"
        + choice.group(2)
        + "'";
  }

  private static String expected(CommandLine command, String found) {
    var name = command.getCommandSpec().qualifiedName();
    if (found.length() > 1 && found.startsWith("-")) return "flags of " + name;
    var verbs = List.copyOf(command.getSubcommands().keySet());
    if (verbs.isEmpty()) return "nothing more for " + name;
    return command.getParent() == null ? "a verb" : oneOf(verbs);
  }

  private static String named(ArgSpec missing) {
    return missing instanceof OptionSpec option
        ? option.longestName() + "=" + option.paramLabel()
        : missing.paramLabel();
  }

  static String oneOf(List<String> values) {
    if (values.size() < 2) return String.join("", values);
    var last = values.size() - 1;
    return String.join(", ", values.subList(0, last)) + " or " + values.get(last);
  }
}
