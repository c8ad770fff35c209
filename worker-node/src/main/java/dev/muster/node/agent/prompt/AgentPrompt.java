package dev.muster.node.agent.prompt;

import dev.muster.node.tools.Boundaries;
import dev.muster.protocol.agent.AgentSetup;
import dev.muster.protocol.agent.PromptTemplate;
import dev.muster.protocol.agent.Role;
import dev.muster.protocol.agent.StandardPrompt;
import dev.muster.protocol.instruction.Brief;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.worker.Artifact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What an agent is told before its first turn. The same instruction, inputs and lessons always
/// give the same prompt: no path of a machine, no time, no run and no attempt is in it, so that an
/// answer recorded once is found again. Pure.
///
/// @param system standing rules and role
/// @param user the task
public record AgentPrompt(String system, String user) {
  /// @param inputs what completed workers delivered
  /// @param lessons why earlier tries failed, oldest first
  /// @param setup null in runs of an older Muster
  public static AgentPrompt of(
      WorkerInstruction instruction,
      List<Artifact> inputs,
      List<String> lessons,
      @Nullable AgentSetup setup) {
    var template = PromptTemplate.parse(setup == null ? StandardPrompt.text() : setup.template());
    var values = values(instruction, inputs, lessons, role(instruction, setup));
    return new AgentPrompt(template.system(values), template.user(values));
  }

  /// Null when its file names none, or none that there is.
  public static @Nullable Role role(WorkerInstruction instruction, @Nullable AgentSetup setup) {
    var brief = instruction.brief();
    return brief == null || setup == null ? null : setup.role(brief.role());
  }

  private static Map<String, String> values(
      WorkerInstruction instruction,
      List<Artifact> inputs,
      List<String> lessons,
      @Nullable Role role) {
    var brief = instruction.brief();
    var sections = brief == null ? List.<Brief.Section>of() : brief.sections();
    var values = new HashMap<String, String>();
    for (var section : sections) {
      values.merge(
          section.name().toLowerCase(Locale.ROOT),
          section.text(),
          (one, two) -> one + "\n\n" + two);
    }
    values.put("worker", instruction.id());
    values.put("title", instruction.title());
    values.put(
        "role", role == null ? "" : role.name() + "\n\n" + role.text() + owed(role, instruction));
    values.put("points", points(sections));
    values.put("enforced", enforced(instruction, brief));
    values.put("files", listed(instruction.deliverables()));
    values.put("tests", tests(instruction));
    values.put(
        "inputs",
        listed(
            inputs.stream()
                .sorted(Comparator.comparing(Artifact::path))
                .map(it -> "%s (%d bytes)".formatted(it.path(), it.bytes()))
                .toList()));
    values.put("lessons", listed(lessons));
    return values;
  }

  private static String owed(Role role, WorkerInstruction instruction) {
    var owed =
        role.output().stream()
            .filter(it -> !it.among(instruction.deliverables()).isEmpty())
            .map(Role.Output::words)
            .toList();
    if (owed.isEmpty()) return "";
    return "\n\n"
        + "When you call `finish`, the runtime looks for this, too, before it runs any"
        + " test:\n\n"
        + listed(owed);
  }

  private static String enforced(WorkerInstruction instruction, @Nullable Brief brief) {
    if (brief == null) return "";
    return listed(new Boundaries(brief.boundaries(), instruction.deliverables()).enforced());
  }

  private static String points(List<Brief.Section> sections) {
    var points = new ArrayList<String>();
    for (var section : sections) {
      points.add(
          section.name().isEmpty()
              ? section.text()
              : "### " + section.name() + "\n\n" + section.text());
    }
    return String.join("\n\n", points);
  }

  private static String tests(WorkerInstruction instruction) {
    return instruction.tests().stream()
        .map(test -> fenced(test.text().stripTrailing()))
        .collect(Collectors.joining("\n\n"));
  }

  /// A fence that nothing in the text closes.
  private static String fenced(String text) {
    var fence = "```";
    while (text.contains(fence)) fence += "`";
    return fence + "bash\n" + text + "\n" + fence;
  }

  private static String listed(List<String> items) {
    return items.stream().map(it -> "- " + it).collect(Collectors.joining("\n"));
  }
}
