package dev.muster.orchestrator.engine.instruction;

import dev.muster.protocol.agent.PromptTemplate;
import dev.muster.protocol.agent.Role;
import dev.muster.protocol.agent.StandardPrompt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a workforce's folder holds for its agents beside the instructions: `prompt.md`, `roles/`
/// and `cassette.jsonl`. All of it is data: it changes what a model is told, and allows nothing.
/// Links are not followed, so that a folder that came from elsewhere shows no other file to a
/// model.
///
/// @param template of the prompt: the folder's own, or the standard one
/// @param roles the folder's own, and those that Muster brings and the folder does not replace
/// @param cassette null when there is none
/// @param problems what cannot be used, each with its file
public record AgentFiles(
    String template, List<Role> roles, @Nullable Path cassette, List<Problem> problems) {
  public static final String PROMPT = "prompt.md";
  public static final String CASSETTE = "cassette.jsonl";
  static final String ROLES = "roles";

  private static final int BYTES_MAX = 64 * 1_024;
  private static final int ROLES_MAX = 100;
  private static final List<String> BUNDLED =
      List.of("builder", "coder", "coordinator", "deployer", "researcher", "reviewer", "tester");
  private static final Pattern ROLE_FILE = Pattern.compile("([a-z][a-z0-9_-]{0,39})\\.md");

  public AgentFiles {
    roles = List.copyOf(roles);
    problems = List.copyOf(problems);
  }

  /// @param where file, with its line where there is one
  public record Problem(Code code, String where, String why) {}

  /// Where there is no folder.
  static final AgentFiles NONE = new AgentFiles(StandardPrompt.text(), bundled(), null, List.of());

  static AgentFiles read(Path folder) {
    var problems = new ArrayList<Problem>();
    var roles = new TreeMap<String, Role>();
    bundled().forEach(role -> roles.put(role.name(), role));
    own(folder.resolve(ROLES), roles, problems);
    var cassette = folder.resolve(CASSETTE);
    return new AgentFiles(
        template(folder.resolve(PROMPT), problems),
        new ArrayList<>(roles.values()),
        Files.isRegularFile(cassette, LinkOption.NOFOLLOW_LINKS) ? cassette : null,
        problems);
  }

  private static String template(Path file, List<Problem> problems) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) return StandardPrompt.text();
    try {
      var text = text(file);
      PromptTemplate.parse(text);
      return text;
    } catch (IOException | IllegalArgumentException e) {
      problems.add(new Problem(Code.INVALID_PROMPT, shown(file), String.valueOf(e.getMessage())));
      return StandardPrompt.text();
    }
  }

  private static void own(Path folder, Map<String, Role> roles, List<Problem> problems) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) return;
    try (var files = Files.list(folder)) {
      for (var file : files.sorted().limit(ROLES_MAX).toList()) {
        var name = ROLE_FILE.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) continue;
        try {
          roles.put(name.group(1), RoleFile.read(name.group(1), text(file)));
        } catch (IOException | IllegalArgumentException e) {
          problems.add(new Problem(Code.INVALID_ROLE, shown(file), String.valueOf(e.getMessage())));
        }
      }
    } catch (IOException e) {
      problems.add(new Problem(Code.INVALID_ROLE, shown(folder), "it cannot be read: " + e));
    }
  }

  /// @throws IOException in words
  private static String text(Path file) throws IOException {
    return new String(
        BoundedFile.read(file, BYTES_MAX, LinkOption.NOFOLLOW_LINKS), StandardCharsets.UTF_8);
  }

  private static List<Role> bundled() {
    return BUNDLED.stream()
        .map(name -> RoleFile.read(name, resource("/roles/" + name + ".md")))
        .toList();
  }

  private static String resource(String name) {
    try (var in = AgentFiles.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException(name + " is missing");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }

  private static String shown(Path file) {
    return InstructionFiles.display(file);
  }

  @Nullable Role role(String name) {
    return roles.stream().filter(it -> it.name().equalsIgnoreCase(name)).findFirst().orElse(null);
  }

  /// For each file that needs an agent, what it will have to go without.
  public List<Finding> findings(List<Instruction> instructions) {
    var findings = new ArrayList<Finding>();
    for (var instruction : instructions) {
      var compiled = instruction.compiled();
      var brief = compiled == null ? null : compiled.brief();
      if (brief == null) continue;
      if (findings.stream()
          .noneMatch(it -> it.code() == Code.INVALID_PROMPT || it.code() == Code.INVALID_ROLE)) {
        problems.forEach(it -> findings.add(broken(instruction, it)));
      }
      var named = brief.role();
      if (named == null || role(named) != null) continue;
      findings.add(
          Finding.of(
              Code.UNKNOWN_ROLE,
              instruction.file(),
              1,
              "no role is called %s, so its agent gets none; there are %s"
                  .formatted(named, String.join(", ", roles.stream().map(Role::name).toList())),
              "Name one of them, or write roles/%s.md beside the instructions."
                  .formatted(named.toLowerCase(Locale.ROOT))));
    }
    return findings;
  }

  private static Finding broken(Instruction instruction, Problem problem) {
    return Finding.of(
        problem.code(),
        instruction.file(),
        1,
        "%s cannot be used, and the agents of this folder do without it: %s"
            .formatted(problem.where(), problem.why()),
        "Mend it, or take it away.");
  }
}
