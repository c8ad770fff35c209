package dev.muster.orchestrator.engine.instruction;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells what a text among the deliverables stands for. What is certainly a path is owed, or a
/// reason is given why it cannot be; what may be one is not owed, with a reason, too.
final class PathText {
  sealed interface Kind {
    /// @param path relative to the workspace, without `.` and empty segments
    record Owed(String path) implements Kind {}

    /// @param reason continues a sentence that begins with the text
    record Unowed(String reason) implements Kind {}

    /// Code, commands, addresses, words.
    record NoPath() implements Kind {}
  }

  private static final int CHARS_MAX = 500;

  /// Where the words before say that a file follows, less has to be guessed.
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)\\b(?:files?|file ?name|path|script|executable)(?:\\s+(?:at|to|in|named|called))?"
              + "\\s*:?\\s*(?:\\*\\*|__)?\\s*:?\\s*$");

  private static final Pattern CODE =
      Pattern.compile("[()\\[\\]=;|&!?\"'^%#,]|->|::|\\s[-+/]\\s|^[-@$+]|\\\\n");
  private static final Pattern CALL = Pattern.compile("\\w\\(|[=;|&]|->|::");
  private static final Pattern PATTERN = Pattern.compile("\\*|\\{[^{}]*,[^{}]*}");
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "<[^<>]*>|\\{[^{}]*}|\\$\\{?\\w+}?|\\bX{3,}\\b|%[sd]|…|\\.{3}|(?<![^/])(?:path/to/|your[_-](?=\\w))|YYYY");
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");

  /// A letter first: `1.2` is a number.
  private static final Pattern ENDING =
      Pattern.compile("^.*[^./]\\.([A-Za-z][A-Za-z0-9]{0,9}|7z)$", Pattern.DOTALL);

  private static final Pattern DOT_NAME = Pattern.compile("^\\.[A-Za-z][\\w-]*(?:\\.[\\w-]+)*$");
  private static final Pattern DOT_FILE =
      Pattern.compile(
          "^\\.(?:\\w*ignore|\\w*rc|env|editorconfig|gitattributes|gitmodules|gitkeep|htaccess"
              + "|flake8|python-version|node-version|tool-versions|mailmap)$"
              + "|^\\.[\\w-]+\\.[\\w.-]+$");

  /// What a text of several words begins with when it is no path.
  private static final Set<String> FIRST_WORDS =
      Set.of(
          ("ansible apt awk bash brew bundle cargo cat cd chmod cmake cp curl deno docker"
               + " docker-compose echo find gcc gem git go gradle grep helm http java javac jq"
               + " kubectl less ls make mkdir mv mvn node npm npx perl php pip pip3 pnpm podman"
               + " poetry psql pytest python python3 rm rsync ruby ruff rustc scp sed sh source"
               + " sqlite3 ssh sudo tail tar terraform test touch uv wget yarn class def function"
               + " import from return select insert update delete create drop alter get post put"
               + " patch head options with async await const let var public private static if for"
               + " while")
              .split(" "));

  private PathText() {}

  /// @param before what stands in front of it
  static Kind of(String text, String before) {
    if (text.isBlank() || text.contains("://")) return new Kind.NoPath();
    if (text.length() > CHARS_MAX) return new Kind.Unowed("is longer than a path may be");
    var named = NAMED.matcher(before).find();
    if (!mayBePath(text, named)) return new Kind.NoPath();
    var reason = problem(text);
    if (reason != null) return new Kind.Unowed(reason);
    return named || text.contains("/") || isKnown(text)
        ? new Kind.Owed(RelativePath.normal(text))
        : new Kind.Unowed("may be a file or code: write ./" + text + " when it is a file");
  }

  /// Whether a name ends as files do, or is one that every project has.
  static boolean isKnown(String text) {
    var name = text.substring(text.lastIndexOf('/') + 1);
    var ending = ENDING.matcher(name);
    return (ending.matches() && RelativePath.isEnding(ending.group(1)))
        || RelativePath.isName(name)
        || DOT_FILE.matcher(name).matches();
  }

  private static boolean mayBePath(String text, boolean named) {
    var plain = PATTERN.matcher(PLACEHOLDER.matcher(text).replaceAll("x")).replaceAll("x");
    if (text.startsWith("-") || text.startsWith("@") || isCommand(plain)) return false;
    if (plain.startsWith(".") && RelativePath.isEnding(plain.substring(1))) return false;
    var ends = ENDING.matcher(plain).matches();
    var known = isKnown(plain);
    if (CODE.matcher(plain).find()) return ends && known && !CALL.matcher(plain).find();
    if (isSeveralWords(plain)) return ends && (known || plain.contains("/"));
    if (plain.contains("/")) return plain.chars().anyMatch(Character::isLetterOrDigit);
    return named || ends || known || DOT_NAME.matcher(plain).matches();
  }

  /// `python main.py`, `./run.sh out.txt`, `cat a/b.txt`: what begins with a program.
  private static boolean isCommand(String text) {
    if (!isSeveralWords(text)) return false;
    var words = text.strip().split("\\s+", -1);
    return FIRST_WORDS.contains(words[0].toLowerCase(Locale.ROOT))
        || words[0].startsWith("./")
        || ENDING.matcher(words[0]).matches()
        || Arrays.stream(words).anyMatch(word -> word.startsWith("-"));
  }

  private static boolean isSeveralWords(String text) {
    return text.chars().anyMatch(Character::isWhitespace);
  }

  private static @Nullable String problem(String text) {
    if (INVISIBLE.matcher(text).find()) return "holds a character that cannot be seen";
    if (PATTERN.matcher(text).find()) return "is a pattern, not one file";
    if (PLACEHOLDER.matcher(text).find()) return "holds a placeholder, so it names no file yet";
    if (text.contains("\\")) return "is written with \\; paths are written with /";
    var problem = RelativePath.problem(text);
    if (problem != null) return problem;
    if (CODE.matcher(text).find()) return "holds signs of code; give the file a plain name";
    if (text.contains(":") || text.contains("：")) return "holds a colon; write the path alone";
    return RelativePath.normal(text).isEmpty() ? "names no file" : null;
  }
}
