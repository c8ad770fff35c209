package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Fence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds scripts that count on what an earlier one has left in its shell. Each block begins anew,
/// in the workspace: variables, functions, `cd` and programs in the background end with theirs.
final class AnewEachTime {
  private static final Pattern SET =
      Pattern.compile(
          "(?m)^(?:export["
              + " \\t]+)?([A-Za-z_]\\w{0,60})=(?:\"[^\"\\n]*\"|'[^'\\n]*'|\\$\\([^\\n]*\\)|[^\\s;&|]*)["
              + " \\t]*(?:[;#].*)?$|^([A-Za-z_]\\w{0,60})[ \\t]*\\(\\)");
  private static final Pattern OWN =
      Pattern.compile(
          "\\b(?:for|read|mapfile|local|declare)["
              + " \\t]([^\\n;]{1,200})|([A-Za-z_]\\w{0,60})(?:\\+?=|[ \\t]*\\(\\))");
  private static final Pattern USED =
      Pattern.compile(
          "(?m)\\$\\{?([A-Za-z_]\\w{0,60})(?![\\w:?+-])|^([A-Za-z_]\\w{0,60})(?=[ \\t]|$)");

  /// Into a folder of the workspace.
  private static final Pattern GOES =
      Pattern.compile("(?m)(?:^|&&[ \\t])(?:cd|pushd)[ \\t]+(?![-/~$.\"'])(\\S{1,200})");

  private static final Pattern MOVES = Pattern.compile("\\b(?:cd|pushd|popd|-C)\\b");
  private static final Pattern IN_BACKGROUND = Pattern.compile("(?m)[^&|<>\\s]\\s?&[ \\t]*$");
  private static final Pattern ENDED = Pattern.compile("\\b(?:wait|kill|pkill)\\b");
  private static final int NAMES_MAX = 200;

  private AnewEachTime() {}

  /// At most one finding for each script.
  static void find(String file, List<Fence> scripts, List<Finding> findings) {
    var set = new HashMap<String, Integer>();
    // Who goes there in each block knows where it begins.
    var movesOnce = scripts.stream().filter(it -> MOVES.matcher(it.text()).find()).count() == 1;
    Fence before = null;
    for (var script : scripts) {
      var odd = before == null ? null : gone(before, script.text(), movesOnce);
      if (odd == null) odd = unset(script.text(), set);
      if (odd != null) {
        findings.add(
            Finding.of(
                Code.UNCLEAR_SCRIPT,
                file,
                script.line(),
                odd + ": each block begins anew",
                "Put both into one block, or say it here once more."));
      }
      for (var match = SET.matcher(script.text()); set.size() < NAMES_MAX && match.find(); ) {
        set.putIfAbsent(match.group(1) != null ? match.group(1) : match.group(2), script.line());
      }
      before = script;
    }
  }

  private static @Nullable String unset(String script, Map<String, Integer> set) {
    if (set.isEmpty()) return null;
    var own = own(script);
    for (var match = USED.matcher(script); match.find(); ) {
      var name = match.group(1) != null ? match.group(1) : match.group(2);
      var line = set.get(name);
      if (line != null && !own.contains(name))
        return "'" + name + "' is only known in the block of line " + line;
    }
    return null;
  }

  private static Set<String> own(String script) {
    var own = new HashSet<String>();
    for (var match = OWN.matcher(script); match.find(); ) {
      if (match.group(2) != null) own.add(match.group(2));
      else own.addAll(List.of(match.group(1).split("\\W+", -1)));
    }
    return own;
  }

  private static @Nullable String gone(Fence before, String script, boolean movesOnce) {
    var text = before.text();
    var where = " in the block of line " + before.line();
    var goes = GOES.matcher(movesOnce ? text : "");
    if (goes.find()
        && MOVES.matcher(text).results().count() == 1
        && !script.contains(goes.group(1).replaceFirst("/.*", "")))
      return "`cd " + goes.group(1) + "`" + where + " does not hold here";
    return IN_BACKGROUND.matcher(text).find() && !ENDED.matcher(text).find()
        ? "what was begun with &" + where + " has ended with it"
        : null;
  }
}
