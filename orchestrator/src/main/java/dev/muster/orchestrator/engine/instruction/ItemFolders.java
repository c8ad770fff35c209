package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.Document.Section;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Folders that are items of DELIVERABLES with items below them: of `- out/` and, indented, `-
/// a.txt` the latter is `out/a.txt`.
///
/// @param prefixes by line, what stands in front of the paths of an item, such as `out/`
/// @param above lines of folders that have items below them
record ItemFolders(Map<Integer, String> prefixes, Set<Integer> above) {
  static final ItemFolders NONE = new ItemFolders(Map.of(), Set.of());

  /// `In out/ (new):` is `out/`.
  private static final Pattern ABOVE =
      Pattern.compile("(?i)^(?:(?:in|under|below)\\s+)?(?:the\\s+)?|(?:\\s*\\([^()]*\\))?\\s*:?$");

  private static final int TAB = 4;

  ItemFolders {
    prefixes = Map.copyOf(prefixes);
    above = Set.copyOf(above);
  }

  private record Open(int indent, int line, String prefix) {}

  static ItemFolders of(Section section) {
    var prefixes = new HashMap<Integer, String>();
    var above = new HashSet<Integer>();
    var open = new ArrayDeque<Open>();
    for (var line : section.lines()) {
      var item = ItemText.of(line.text());
      if (item == null) continue;
      var indent = indent(line.text());
      while (!open.isEmpty() && open.peek().indent() >= indent) open.pop();
      var folder = open.peek();
      if (folder != null) {
        prefixes.put(line.number(), folder.prefix());
        above.add(folder.line());
      }
      var name = DeliverablesReader.MARKUP.matcher(item).replaceAll("").strip();
      name = ABOVE.matcher(name).replaceAll("");
      if (DeliverablesReader.FOLDER.matcher(name).matches()) {
        var prefix = folder == null ? name : within(folder.prefix(), name);
        open.push(new Open(indent, line.number(), prefix));
      }
    }
    return prefixes.isEmpty() ? NONE : new ItemFolders(prefixes, above);
  }

  private static int indent(String text) {
    var indent = 0;
    for (var at = 0; at < text.length() && Character.isWhitespace(text.charAt(at)); at++) {
      indent += text.charAt(at) == '\t' ? TAB : 1;
    }
    return indent;
  }

  boolean isAbove(int line) {
    return above.contains(line);
  }

  /// A path as it is from the workspace.
  String within(int line, String path) {
    var prefix = prefixes.get(line);
    return prefix == null ? path : within(prefix, path);
  }

  /// Some write the folder again.
  private static String within(String folder, String path) {
    return path.startsWith(folder) ? path : folder + path;
  }
}
