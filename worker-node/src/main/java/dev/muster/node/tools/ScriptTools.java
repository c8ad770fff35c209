package dev.muster.node.tools;

import static dev.muster.node.tools.Parameters.text;
import static dev.muster.node.tools.Parameters.whole;
import static dev.muster.node.tools.Parameters.yesOrNo;

import dev.muster.node.tools.Parameters.UnfitException;
import dev.muster.node.tools.ToolPlan.Command;
import dev.muster.node.tools.ToolPlan.Refused;
import java.util.List;

/// Tools that run a script in the sandbox, without any permit.
final class ScriptTools {
  /// One word of a command line holds 128 KiB, and quoting makes four bytes of one.
  private static final int SCRIPT_BYTES_MAX = 32_000;

  private static final int SECONDS = 60;
  private static final int SECONDS_MAX = 600;
  private static final int SEARCH_SECONDS = 30;
  private static final int PATTERN_CHARS_MAX = 500;
  private static final int FOUND_MAX = 200;

  static List<Tool> all() {
    return List.of(shell(), search());
  }

  private static Tool shell() {
    return CheckedTool.of(
        "shell",
        "Run a bash script in the workspace, without network and as nobody else's: it sees the"
            + " workspace, $MUSTER_INPUTS and programs. Nothing it starts outlives it. What needs"
            + " more is an `operation`.",
        Parameters.of(
            text("script", "bash, with -eo pipefail", SCRIPT_BYTES_MAX),
            whole(
                "seconds",
                "its time limit, %d if you do not say".formatted(SECONDS),
                1,
                SECONDS_MAX)),
        (given, place) -> {
          var script = Quoted.checked("script", given.text("script"), SCRIPT_BYTES_MAX);
          if (script.isBlank()) throw new UnfitException("`script` is empty");
          var blocked = Blocked.in(script);
          if (blocked != null) return new Refused(blocked);
          return new Command(limited(script, given.whole("seconds", SECONDS)));
        });
  }

  /// The limit is a part of the script, so that it holds wherever the script is run.
  static String limited(String script, int seconds) {
    return """
    code=0
    timeout --kill-after=2 %1$d bash -eo pipefail -c %2$s || code=$?
    if [ "$code" = 124 ] || [ "$code" = 137 ]; then
      echo "=== ended: it ran for %1$d s or was killed; say more \\`seconds\\`, or do less at once"
    fi
    exit "$code"
    """
        .formatted(seconds, Quoted.word(script));
  }

  private static Tool search() {
    return CheckedTool.of(
        "search",
        "Find text in the files of the workspace: a text to the letter, an extended regular"
            + " expression, or where a class, function or other symbol is declared.",
        Parameters.of(
            text("pattern", "what to look for", PATTERN_CHARS_MAX),
            Parameters.choice(
                "as", "how to read it, `text` if you do not say", "text", "regex", "symbol"),
            text("path", "a file or folder, `.` if you do not say", FileTools.PATH_CHARS_MAX)
                .optional(),
            yesOrNo("ignore_case", "whether upper and lower case are the same")),
        (given, place) -> {
          var pattern = Quoted.checked("pattern", given.text("pattern"), SCRIPT_BYTES_MAX);
          if (pattern.isBlank()) throw new UnfitException("`pattern` is empty");
          var path = Reach.of(place).path(given.text("path", ".")).toString();
          return new Command(
              limited(
                  find(
                      pattern,
                      given.text("as", "text"),
                      path.isEmpty() ? "." : "./" + path,
                      given.yes("ignore_case")),
                  SEARCH_SECONDS));
        });
  }

  /// By grep, in the sandbox: an expression that never comes to an end is ended there.
  private static String find(String pattern, String as, String path, boolean ignoreCase)
      throws UnfitException {
    var options = (as.equals("text") ? "-F" : "-E") + (ignoreCase ? " -i" : "");
    var wanted = as.equals("symbol") ? declaration(pattern) : pattern;
    return """
    grep %1$s -q -e %2$s /dev/null || [ "$?" = 1 ]
    find %3$s -name .git -prune -o -type f -print0 | LC_ALL=C sort -z \\
      | { xargs -0 -r grep -HnI %1$s -e %2$s -- || [ "$?" = 123 ]; } \\
      | sed 's/^[.][/]//' | LC_ALL=C awk '
        NR <= %4$d { print substr($0, 1, 300) }
        END { if (NR == 0) print "nothing was found"; if (NR > %4$d) print "=== and " NR - %4$d " more" }'
    """
        .formatted(options, Quoted.word(wanted), Quoted.word(path), FOUND_MAX);
  }

  private static String declaration(String name) throws UnfitException {
    if (!name.matches("[A-Za-z_$][A-Za-z0-9_$]*")) {
      throw new UnfitException("a symbol is one name of letters, digits and `_`");
    }
    var plain = name.replace("$", "\\$");
    return "(class|interface|enum|record|struct|trait|type|def|function|func|fn|const|let|var|val|module)"
               + "[[:space:]]+(\\([^)]*\\)[[:space:]]*)?"
        + plain
        + "([^A-Za-z0-9_]|$)"
        + "|^[[:space:]]*[A-Za-z_][A-Za-z0-9_<>,.* ]*[[:space:]]"
        + plain
        + "\\([^;]*\\{"
        + "|^"
        + plain
        + "[[:space:]]*=";
  }

  private ScriptTools() {}
}
