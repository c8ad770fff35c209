package dev.muster.orchestrator.engine.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Takes off the one fence in which models like to hand over a whole file, with a sentence before
/// and behind it. What is inside is the file; no other block begins with the heading of a worker.
///
/// @param lines with blank ones for both ends of such a fence; all as they were when there is none
/// @param line where it opens; 0 when there is none
record Wrapping(List<String> lines, int line) {
  private static final Pattern OPENING =
      Pattern.compile("^(`{3,20}|~{3,20})\\s*(?i:markdown|md)?\\s*$");
  private static final int LINES_BEFORE_MAX = 20;

  static Wrapping off(List<String> lines) {
    for (var at = 0; at < lines.size() && at <= LINES_BEFORE_MAX; at++) {
      var opening = OPENING.matcher(lines.get(at));
      if (lines.get(at).startsWith("#")) break;
      if (!opening.matches()) continue;
      if (holdsWorker(lines, at + 1)) return between(lines, at, opening.group(1));
      break;
    }
    return new Wrapping(lines, 0);
  }

  private static boolean holdsWorker(List<String> lines, int from) {
    for (var at = from; at < lines.size(); at++) {
      var line = lines.get(at).strip();
      if (line.isEmpty()) continue;
      return line.equals("---")
          || (line.startsWith("# ") && InstructionParser.headingId(line.substring(2)) != null);
    }
    return false;
  }

  private static Wrapping between(List<String> lines, int opening, String mark) {
    for (var at = lines.size() - 1; at > opening; at--) {
      var line = lines.get(at).strip();
      if (line.startsWith("#")) break;
      if (!line.startsWith(mark) || !line.replace(mark.substring(0, 1), "").isEmpty()) continue;
      var inside = new ArrayList<>(lines);
      inside.set(opening, "");
      inside.set(at, "");
      return new Wrapping(inside, opening + 1);
    }
    return new Wrapping(lines, 0);
  }
}
