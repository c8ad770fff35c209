package dev.muster.node.foresight;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether the commands of a script still mean what they say. A shell may be told otherwise: that a
/// variable has another value, that `rm` is a function, that one is in another folder or has ended.
/// Whoever wants to deceive begins there, so that nothing is believed after it.
final class Certainty {
  private static final int SHOWN_CHARS = 60;

  /// From here on a command may be carried out or not.
  private static final Pattern COMPOUND =
      Pattern.compile("(?:if|while|until|for|case|select|[({]).*", Pattern.DOTALL);

  /// They change what other words mean, or what is carried out at all.
  private static final Set<String> TURNS =
      Set.of(
          "eval",
          "source",
          ".",
          "alias",
          "unalias",
          "shopt",
          "exec",
          "exit",
          "return",
          "trap",
          "function",
          "hash",
          "enable",
          "coproc",
          "pushd",
          "popd",
          "break",
          "continue");

  /// Behind these stands a command.
  private static final Set<String> LEADS =
      Set.of("then", "else", "elif", "do", "time", "command", "builtin", "!", "fi", "done", "esac");

  /// They set variables, whose names may be put together.
  private static final Set<String> SETS =
      Set.of(
          "export",
          "declare",
          "typeset",
          "local",
          "readonly",
          "read",
          "mapfile",
          "readarray",
          "getopts",
          "unset",
          "let");

  /// By which the shell finds its way.
  private static final String FINDS = "PATH|CDPATH|IFS|GLOBIGNORE|ENV|BASH_[A-Z]+|OLDPWD";

  private static final Pattern FUNCTION = Pattern.compile("\\(\\s*\\)");
  private static final Pattern UNLESS_SET = Pattern.compile("\\$\\{\\w+:?=");

  /// A command whose name is put together.
  private static final Pattern NAMELESS =
      Pattern.compile(
          "(?:^|[|&;({]|\\b(?:then|else|elif|do|time|command|builtin)\\s|!)\\s*[\"']?\\$");

  private static final Pattern BETWEEN = Pattern.compile("[\\s|&;(){}]+");
  private static final Pattern QUOTES = Pattern.compile("['\"\\\\]");

  private final Pattern believed;
  private boolean maybe;
  private @Nullable String afterwards;
  private @Nullable String lost;

  /// @param variables those whose values are believed
  Certainty(Map<String, String> variables) {
    var names = String.join("|", variables.keySet()) + "|" + FINDS;
    believed = Pattern.compile("(?<![$\\w{])(?:" + names + ")(?!\\w)");
  }

  /// Why nobody can say what this command means; null while one can.
  @Nullable String lost(Statement it) {
    if (!it.follows() && lost == null) lost = afterwards;
    return lost;
  }

  /// What this command means for those behind it.
  ///
  /// @param foreseen whether it could be said what it does
  void after(Statement it, boolean foreseen) {
    if (lost != null) return;
    if (COMPOUND.matcher(it.text()).matches()) maybe = true;
    if (turns(it)) {
      lost = because(it);
    } else if (words(it).anyMatch("cd"::equals)) {
      // After `a && cd b` one is there as long as commands follow by `&&`.
      if (!foreseen || maybe) lost = because(it);
      else if (it.follows()) afterwards = because(it);
    }
  }

  private boolean turns(Statement it) {
    return believed.matcher(it.text()).find()
        || FUNCTION.matcher(it.text()).find()
        || UNLESS_SET.matcher(it.text()).find()
        || words(it).anyMatch(TURNS::contains)
        || NAMELESS.matcher(it.text()).find()
        || setsWhatItSaysSomehow(it);
  }

  private boolean setsWhatItSaysSomehow(Statement it) {
    if (words(it).anyMatch("printf"::equals) && it.text().contains("-v")) return true;
    if (words(it).noneMatch(SETS::contains)) return false;
    return it.why() != null
        || it.words().stream().anyMatch(word -> believed.matcher(word.text()).find());
  }

  /// Those that may be a command: the first, and any where nobody has told them apart.
  private static Stream<String> words(Statement it) {
    var known = it.why() == null && !COMPOUND.matcher(it.text()).matches();
    var all = BETWEEN.splitAsStream(it.text()).map(word -> QUOTES.matcher(word).replaceAll(""));
    return known && !LEADS.contains(it.name()) ? Stream.of(it.name()) : all;
  }

  private static String because(Statement it) {
    var first = it.text().lines().findFirst().orElse("");
    var shown = first.length() > SHOWN_CHARS ? first.substring(0, SHOWN_CHARS) + "…" : first;
    return "`%s` before may change what it means".formatted(shown);
  }
}
