package dev.muster.node.tools;

import static dev.muster.node.tools.Parameters.text;
import static dev.muster.node.tools.Parameters.yesOrNo;

import dev.muster.node.tools.Parameters.UnfitException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Puts one text in place of another that stands exactly once in a file.
final class Patch {
  private static final int PLACES_SAID_MAX = 10;
  private static final int NEAR_LINES = 6;

  private Patch() {}

  static Tool tool() {
    return CheckedTool.of(
        "patch",
        "Replace a text that stands exactly once in a file of the workspace.",
        Parameters.of(
            text("path", "relative to the workspace", FileTools.PATH_CHARS_MAX),
            text(
                "search",
                "what is there now, to the letter, with enough around it to be unique",
                FileTools.CONTENT_BYTES_MAX),
            text("replace", "what is to be there instead", FileTools.CONTENT_BYTES_MAX),
            yesOrNo("all", "replace it wherever it stands")),
        (given, place) -> {
          var search = given.text("search");
          if (search.isEmpty()) throw new UnfitException("`search` is empty; use `write`");
          FileTools.refuseOther(Reach.of(place), given.text("path"));
          return CheckedTool.change(() -> {
            var reach = Reach.of(place);
            var path = reach.writable(given.text("path"));
            var content = reach.files().read(path, FileTools.CONTENT_BYTES_MAX);
            var before = FileTools.decoded(path, content);
            var places = places(before, search);
            if (places.isEmpty()) throw notFound(path, before, search, given.text("replace"));
            if (places.size() > 1 && !given.yes("all")) throw tooMany(path, before, places);
            var replace = given.text("replace");
            // A few bytes in many places are more than any memory holds: known before it is made.
            var growth = (long) places.size() * (replace.length() - search.length());
            refuseLarger(path, before.length() + growth);
            var after = before.replace(search, replace).getBytes(StandardCharsets.UTF_8);
            refuseLarger(path, after.length);
            reach.files().write(path, after, null);
            return ToolOutcome.of(
                "patched %s at line%s %s"
                    .formatted(path, places.size() == 1 ? "" : "s", lines(before, places)));
          });
        });
  }

  private static void refuseLarger(Path path, long bytes) throws UnfitException {
    if (bytes <= FileTools.CONTENT_BYTES_MAX) return;
    throw new UnfitException(
        "`%s` would have %d bytes, more than the %d it may"
            .formatted(path, bytes, FileTools.CONTENT_BYTES_MAX));
  }

  private static List<Integer> places(String text, String search) {
    var places = new ArrayList<Integer>();
    for (var at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + search.length())) {
      places.add(at);
    }
    return places;
  }

  private static UnfitException tooMany(Path path, String text, List<Integer> places) {
    return new UnfitException(
        "expected `search` once in `%s`, found it %d times, at lines %s; take more of what stands around it, or `all`"
            .formatted(path, places.size(), lines(text, places)));
  }

  private static UnfitException notFound(Path path, String text, String search, String replace) {
    var said = "expected `search` once in `%s`, found it nowhere".formatted(path);
    if (!replace.isEmpty() && text.contains(replace)) {
      return new UnfitException(said + "; what you want instead is there already");
    }
    if (text.contains("\r\n") && !search.contains("\r")) {
      return new UnfitException(said + "; its lines end with CR and LF: say `\\r\\n`");
    }
    var near = near(text, search);
    return new UnfitException(
        near.isEmpty() ? said + "; `read` it first" : said + "; what comes nearest is:\n" + near);
  }

  /// The lines from the one that begins like the text that was looked for.
  private static String near(String text, String search) {
    var first = search.strip().lines().findFirst().orElse("").strip();
    if (first.isEmpty()) return "";
    var lines = text.split("\n", -1);
    for (var i = 0; i < lines.length; i++) {
      if (!lines[i].strip().equals(first)) continue;
      var found = new StringBuilder();
      for (var j = i; j < Math.min(lines.length, i + NEAR_LINES); j++) {
        found.append(j + 1).append(": ").append(Parameters.shortened(lines[j], 300)).append('\n');
      }
      return found.toString();
    }
    return "";
  }

  private static String lines(String text, List<Integer> places) {
    var said = new ArrayList<String>();
    var line = 1;
    var at = 0;
    for (var place : places) {
      if (said.size() == PLACES_SAID_MAX) {
        said.add("…");
        break;
      }
      for (; at < place; at++) if (text.charAt(at) == '\n') line++;
      said.add(Integer.toString(line));
    }
    return String.join(", ", said);
  }
}
