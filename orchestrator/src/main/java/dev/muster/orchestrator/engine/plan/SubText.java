package dev.muster.orchestrator.engine.plan;

import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.run.SubTask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes the ten points of a sub-worker. Each thing that a model said gets a line of its own
/// behind a mark, so that none is a heading, a fence or a field. Pure.
final class SubText {
  private static final String FENCE = "```";

  private final StringBuilder text = new StringBuilder();

  private SubText() {}

  /// @param parent whose boundaries and limits it has
  static String of(WorkerInstruction parent, String id, @Nullable String role, SubTask task) {
    var it = new SubText();
    it.head(parent, id, role, task);
    it.point(1, "DELIVERABLES", task.deliverables().stream().map(path -> "`" + path + "`"));
    it.point(
        2,
        "SUCCESS_CRITERIA",
        task.criteria().isEmpty() ? Stream.of("All tests pass") : task.criteria().stream());
    it.point(3, "BOUNDARIES", boundaries(parent, task).stream());
    it.point(4, "DEPENDENCIES", Stream.of("No prior workers"));
    it.point(5, "MITIGATION", Stream.of("What fails is told to " + above(id)));
    it.text.append("## 6. TEST_PROCESS\n\n");
    for (var test : task.tests()) {
      it.text.append(FENCE).append("bash\n").append(test.strip()).append('\n').append(FENCE);
      it.text.append("\n\n");
    }
    it.text.append("## 7. TEST_RESULTS_FORMAT\n\n```json\n{\"status\": \"pass|fail\"}\n```\n\n");
    it.text.append("## 8. TASK_CLASSIFICATION\n\n");
    it.text.append("**Type:** ").append(parent.type()).append("\n\n");
    it.point(9, "RETROSPECTIVE", Stream.of("What was done, and what the parent must know"));
    it.point(
        10, "PERFORMANCE_REQUIREMENTS", Stream.of("At most as long as " + above(id) + " may take"));
    return it.text.toString();
  }

  private void head(WorkerInstruction parent, String id, @Nullable String role, SubTask task) {
    text.append("# ").append(line(task.title())).append("\n\n");
    text.append("**Sub-worker:** ").append(id).append(" of ").append(above(id)).append('\n');
    if (role != null) text.append("**Role:** ").append(role).append('\n');
    var brief = parent.brief();
    var provider = brief == null ? null : brief.provider();
    if (provider != null) text.append("**LLM Provider:** ").append(line(provider)).append('\n');
    text.append('\n');
    text.append("## MISSION\n\n");
    task.mission().lines().forEach(line -> text.append("> ").append(line(line)).append('\n'));
    text.append('\n');
  }

  private void point(int number, String name, Stream<String> items) {
    text.append("## ").append(number).append(". ").append(name).append("\n\n");
    text.append(items.map(item -> "- " + line(item) + "\n").collect(Collectors.joining()));
    text.append('\n');
  }

  /// Those of its parent, as they stand, and then its own, which can only forbid more.
  static List<String> boundaries(WorkerInstruction parent, SubTask task) {
    var brief = parent.brief();
    var all = new ArrayList<String>(brief == null ? List.of() : brief.boundaries());
    task.cannot().forEach(it -> all.add("CANNOT: " + line(it)));
    return all;
  }

  private static String above(String id) {
    return id.substring(0, id.lastIndexOf('.'));
  }

  /// On one line, whatever it was, and without the mark that would hide what follows.
  static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s\\u2028\\u2029]+", " ").replace("<!--", "< !--").strip();
  }
}
