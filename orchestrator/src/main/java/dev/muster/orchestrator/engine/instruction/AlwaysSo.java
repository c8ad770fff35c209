package dev.muster.orchestrator.engine.instruction;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is the same in every sandbox, so that asking for it proves nothing: places, variables, and
/// commands that only tell about themselves.
final class AlwaysSo {
  private static final Set<String> FOLDERS =
      Set.of(
          ".",
          "./",
          "..",
          "/",
          "/tmp",
          "/usr",
          "/bin",
          "/etc",
          "/dev",
          "/proc",
          "/usr/bin",
          "\"$PWD\"",
          "$PWD",
          "\"$HOME\"",
          "$HOME",
          "~",
          "\"$MUSTER_TARGET\"",
          "$MUSTER_TARGET",
          "\"$MUSTER_INPUTS\"",
          "$MUSTER_INPUTS");

  private static final Set<String> FILES =
      Set.of("/bin/sh", "/bin/bash", "/usr/bin/env", "/etc/passwd", "/etc/group");

  private static final Set<String> SET =
      Set.of(
          "PATH",
          "HOME",
          "PWD",
          "LANG",
          "TMPDIR",
          "SHELL",
          "BASH",
          "BASH_VERSION",
          "UID",
          "MUSTER_TARGET",
          "MUSTER_RUN",
          "MUSTER_WORKER",
          "MUSTER_ATTEMPT",
          "MUSTER_INPUTS");

  /// Without arguments, or with options only.
  private static final Set<String> TELLING =
      Set.of(
          "id",
          "whoami",
          "hostname",
          "uname",
          "ls",
          "pwd",
          "date",
          "env",
          "nproc",
          "uptime",
          "df",
          "free",
          "ps");

  private static final Set<String> INSTALLED =
      Set.of("bash", "sh", "ls", "cat", "echo", "test", "grep", "true", "false", "env", "printf");

  /// Of a script without arguments.
  private static final Map<String, String> PARAMETERS =
      Map.of("$#", "0", "\"$#\"", "0", "\"$1\"", "", "\"${1}\"", "", "\"$*\"", "", "\"$@\"", "");

  private static final Pattern VARIABLE = Pattern.compile("\"?\\$\\{?(\\w+)}?\"?");
  private static final Pattern OWN_NUMBER = Pattern.compile("\"?\\$(?:\\$|PPID|RANDOM)\"?");

  /// A condition of one operator on one place; null when it depends.
  static @Nullable Boolean place(String operator, String word) {
    var folder = FOLDERS.contains(word);
    return switch (operator) {
      case "-e", "-r" -> (folder || FILES.contains(word) || isDevice(word)) ? Boolean.TRUE : null;
      case "-d", "-x" -> folder ? Boolean.TRUE : null;
      case "-f", "-s" -> FILES.contains(word) ? Boolean.TRUE : null;
      case "-c", "-w" -> isDevice(word) ? Boolean.TRUE : null;
      default -> null;
    };
  }

  private static boolean isDevice(String word) {
    return word.equals("/dev/null") || word.equals("/dev/zero");
  }

  /// Whether the word stands for some text, whatever it is.
  static boolean isSet(String word) {
    var variable = VARIABLE.matcher(word);
    return variable.matches() && SET.contains(variable.group(1));
  }

  /// What a parameter of the script stands for; null when the word is none.
  static @Nullable String parameter(String word) {
    return PARAMETERS.get(word);
  }

  /// Whether the word stands for a number that is not negative, whatever it is.
  static boolean isOwnNumber(String word) {
    return OWN_NUMBER.matcher(word).matches();
  }

  /// Whether a command can only succeed.
  static boolean succeeds(List<String> words) {
    var name = words.getFirst();
    var arguments = words.subList(1, words.size());
    if (arguments.size() == 1 && arguments.getFirst().equals("--version")) {
      return INSTALLED.contains(name);
    }
    if (TELLING.contains(name)) {
      return arguments.stream()
          .allMatch(
              it -> it.matches("-[a-zA-Z]{1,4}") || (name.equals("ls") && FOLDERS.contains(it)));
    }
    return switch (name) {
      case "type", "which", "hash" -> !arguments.isEmpty() && INSTALLED.containsAll(arguments);
      case "cd" -> arguments.size() == 1 && FOLDERS.contains(arguments.getFirst());
      case "kill" -> arguments.equals(List.of("-0", "$$"));
      case "cat" -> arguments.equals(List.of("/dev/null"));
      case "seq" -> arguments.size() == 1 && arguments.getFirst().matches("\\d{1,9}");
      case "-v", "-V" -> arguments.size() == 1 && INSTALLED.contains(arguments.getFirst());
      default -> false;
    };
  }

  private AlwaysSo() {}
}
