package dev.muster.node.foresight;

import dev.muster.node.foresight.Statement.Word;
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
  private static final String FINDS =
      "PATH|CDPATH|IFS|GLOBIGNORE|ENV|BASH_[A-Z]+|OLDPWD|LD_[A-Z_]+|POSIXLY_CORRECT|SHELLOPTS|BASHOPTS";

  /// What `set` may say without another meaning of what follows.
  private static final Pattern STRICTER =
      Pattern.compile("-[eux]+|-[eux]*o|pipefail|errexit|nounset|xtrace");

  private static final Pattern FUNCTION = Pattern.compile("\\(\\s*\\)");
  private static final Pattern UNLESS_SET = Pattern.compile("\\$\\{\\w+:?=");

  private static final String VALUE = "(?:\"[^\"]*\"|'[^']*'|\\\\.|[^\\s\"'\\\\])";
  private static final Pattern ASSIGNS =
      Pattern.compile("[A-Za-z_]\\w*(?:\\[[^\\]]*\\])?\\+?=" + VALUE + "*");

  /// What may stand before the name of a command.
  private static final Pattern BEFORE_NAME =
      Pattern.compile(
          "\\s+|(?:%s)(?=\\s)|%s(?=\\s|$)|[0-9]*[<>]+&?\\s*%s+"
              .formatted(String.join("|", LEADS), ASSIGNS, VALUE));

  private static final Pattern BEGINS = Pattern.compile("[|&;(\\n]+|(?<=^|\\s)\\{(?=\\s)");
  private static final Pattern BEGINS_IN_ARMS = Pattern.compile(BEGINS + "|\\)");

  /// What a name is put together by.
  private static final Pattern MADE = Pattern.compile("[$`*?]|\\{.|\\[[^\\s\\[]");

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
    var text = joined(it);
    return believed.matcher(text).find()
        || FUNCTION.matcher(text).find()
        || UNLESS_SET.matcher(text).find()
        || words(it).anyMatch(TURNS::contains)
        || (words(it).anyMatch("set"::equals) && !setsNothing(it))
        || isNameless(text)
        || setsWhatItSaysSomehow(it);
  }

  private boolean setsWhatItSaysSomehow(Statement it) {
    if (words(it).anyMatch("printf"::equals) && it.text().contains("-v")) return true;
    if (words(it).noneMatch(SETS::contains)) return false;
    return it.why() != null
        || it.words().stream().anyMatch(word -> believed.matcher(word.text()).find());
  }

  /// Whether a `set` only makes the shell stricter, or says more.
  static boolean setsNothing(Statement it) {
    return it.why() == null
        && it.words().stream().skip(1).allMatch(word -> STRICTER.matcher(word.text()).matches());
  }

  /// A command whose name is put together.
  private static boolean isNameless(String text) {
    var begins = text.contains("case") ? BEGINS_IN_ARMS : BEGINS;
    var plain = Expansions.without(text).replaceAll("[0-9]*>&[0-9-]+", " ");
    return begins.splitAsStream(plain).anyMatch(command -> MADE.matcher(nameOf(command)).find());
  }

  private static String nameOf(String command) {
    var at = 0;
    var before = BEFORE_NAME.matcher(command);
    while (before.region(at, command.length()).lookingAt()) at = before.end();
    return command.substring(at).split("\\s", 2)[0];
  }

  /// As one line, as the shell has it.
  private static String joined(Statement it) {
    return it.text().replace("\\\n", "");
  }

  /// Those that may be a command: the first, and any where nobody has told them apart.
  private static Stream<String> words(Statement it) {
    var known = it.why() == null && !COMPOUND.matcher(it.text()).matches();
    if (known && ASSIGNS.matcher(it.name()).lookingAt()) return it.words().stream().map(Word::text);
    if (known && !LEADS.contains(it.name())) return Stream.of(it.name());
    return BETWEEN.splitAsStream(joined(it)).map(word -> QUOTES.matcher(word).replaceAll(""));
  }

  private static String because(Statement it) {
    var first = it.text().lines().findFirst().orElse("");
    var shown = first.length() > SHOWN_CHARS ? first.substring(0, SHOWN_CHARS) + "…" : first;
    return "`%s` before may change what it means".formatted(shown);
  }
}
