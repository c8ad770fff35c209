package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Fence;
import dev.muster.orchestrator.engine.instruction.Document.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the line above a fenced block, the headings above that, and its own first comment say about
/// it.
final class FenceLabels {
  /// Below every heading.
  private static final int BOLD_LEVEL = 7;

  /// What is longer is no label, and is not looked through for each of the blocks below it.
  private static final int LABEL_CHARS_MAX = 300;

  /// Alone in its line, or crossed out.
  private static final Pattern BOLD =
      Pattern.compile("^(?:\\*\\*|__)[^*_`]+(?:\\*\\*|__)\\s*[:：]?$");

  private static final Pattern CROSSED = Pattern.compile("^\\W*(?:~~|❌|🚫|✗|✘).*");
  private static final Pattern TAB = Pattern.compile("^===\\s*\".*|^<TabItem\\b.*");
  private static final Pattern FIRST_COMMENT =
      Pattern.compile("\\A(?:\\s*+#!.*\\n)?\\s*+#+[ \\t]*([^\\n]{1,300})");

  /// What another asks for elsewhere is a gate here only where the block declares an operation.
  private static final Pattern ASKED =
      Pattern.compile(
          "(?i)^(?!.*\\boperation\\b).{0,80}\\b(?:approv(?:al|ed)|sign-?off|signed off|confirmed"
              + "|permission|freigabe|a human)\\b.{0,60}$");

  /// `EXECUTION (` of `EXECUTION (old, do not use)`; a heading that is struck out stays as it is.
  private static final Pattern NAME =
      Pattern.compile("^(?!\\W*~~)[^(:\\[{]*?(?:[(:\\[{]|\\s[-–—]\\s|$)\\s*");

  private final TreeMap<Integer, String> above = new TreeMap<>();
  private final Map<Integer, List<String>> scopes = new HashMap<>();
  private final String whole;

  private FenceLabels(Section section) {
    var behind = NAME.matcher(section.heading()).replaceFirst("");
    whole = behind.replaceFirst("[)\\]}]\\s*$", "");
  }

  static FenceLabels of(Section section) {
    var labels = new FenceLabels(section);
    for (var line : section.lines()) {
      var text = line.text().strip();
      if (!text.isEmpty()) labels.above.put(line.number(), text);
    }
    for (var fence : section.fences()) labels.above.put(fence.line(), "");
    labels.scopes();
    return labels;
  }

  /// The headings that hold for each block, each until the next of its level. What is in bold alone
  /// in its line holds for the next block only.
  private void scopes() {
    var open = new TreeMap<Integer, String>();
    above.forEach((line, text) -> {
      var level = text.isEmpty() ? BOLD_LEVEL : level(text);
      if (level == 0) return;
      if (text.isEmpty()) scopes.put(line, List.copyOf(open.descendingMap().values()));
      open.tailMap(level, true).clear();
      if (!text.isEmpty()) open.put(level, text);
    });
  }

  private static int level(String text) {
    var level = 0;
    while (level < text.length() && text.charAt(level) == '#') level++;
    if (level > 0) return level >= 3 && level < BOLD_LEVEL ? level : 0;
    return BOLD.matcher(text).matches() ? BOLD_LEVEL : 0;
  }

  /// Words that say that a block without a language is what something prints, or no script at all.
  @Nullable String output(Fence fence) {
    return fence.info().isEmpty() ? matching(FenceWords.OUTPUT, direct(fence)) : null;
  }

  /// Words that say that the block is not to be run here.
  @Nullable String notRun(Fence fence) {
    var content = content(fence, true);
    if (content != null) return content;
    var comment = matching(FenceWords.COMMENT_NOT_RUN, firstComment(fence));
    return comment != null ? comment : anywhere(fence, FenceWords.NOT_RUN, CROSSED);
  }

  /// Words that leave open whether it is to be run as the others are.
  @Nullable String doubt(Fence fence) {
    var direct = content(fence, false);
    if (direct == null) direct = matching(FenceWords.COMMENT_DOUBT, firstComment(fence));
    if (direct == null && !fence.info().contains("operation=")) {
      direct = matching(ASKED, direct(fence));
    }
    return direct != null ? direct : anywhere(fence, FenceWords.DOUBT, TAB);
  }

  /// The line above says which file is to hold the block, and the block does not speak of it.
  ///
  /// @param certain whether nothing speaks for a script
  private @Nullable String content(Fence fence, boolean certain) {
    var label = matching(FenceWords.CONTENT, direct(fence));
    if (label == null) return null;
    var match = FenceWords.CONTENT.matcher(label);
    if (!match.matches()) return null;
    var path = match.group("path");
    if (fence.text().contains(path.substring(path.lastIndexOf('/') + 1))) return null;
    var file =
        fence.info().isEmpty() || fence.text().startsWith("#!") || !match.group("rest").isEmpty();
    var verb = match.group("verb");
    if (!file && verb != null && !verb.equalsIgnoreCase("file")) return null;
    return file == certain ? label : null;
  }

  private @Nullable String anywhere(Fence fence, Pattern pattern, Pattern asWritten) {
    var all = new ArrayList<>(List.of(direct(fence)));
    all.addAll(scopes.getOrDefault(fence.line(), List.of()));
    all.add(whole);
    for (var label : all) {
      if (label.length() <= LABEL_CHARS_MAX && asWritten.matcher(label).matches()) return label;
      var found = matching(pattern, label);
      if (found != null) return found;
    }
    return null;
  }

  private String direct(Fence fence) {
    var line = above.lowerEntry(fence.line());
    return line == null ? "" : line.getValue();
  }

  private static String firstComment(Fence fence) {
    var comment = FIRST_COMMENT.matcher(fence.text());
    return comment.find() ? comment.group(1) : "";
  }

  private static @Nullable String matching(Pattern pattern, String label) {
    if (label.isEmpty() || label.length() > LABEL_CHARS_MAX || TAB.matcher(label).matches())
      return null;
    var text = PlainText.of(ItemText.orPlain(label)).replaceFirst("^[#>\\s]+", "");
    return pattern.matcher(text).matches() ? text : null;
  }
}
