package dev.muster.orchestrator.engine.instruction;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A complete instruction file that tests spoil in one place.
public final class Sample {
  private final String id;
  private String heading;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, String> sections = new LinkedHashMap<>();

  private Sample(String id) {
    this.id = id;
    heading = "# Worker " + id.substring("WORKER_".length()) + ": Sample";
    metadata.put("Priority", "1");
    metadata.put("Duration", "20 seconds");
    sections.put("DELIVERABLES", "- [ ] Create file: `out/" + id + ".txt`");
    sections.put("SUCCESS_CRITERIA", "- [ ] The file exists\n- [ ] It is not empty");
    sections.put("BOUNDARIES", "- **CAN create:** one file\n- **CANNOT modify:** anything else");
    sections.put("DEPENDENCIES", "- **No prior workers:** independent");
    sections.put("MITIGATION", "- **Rollback:** remove the file\n- **Risk Level:** LOW");
    sections.put("TEST_PROCESS", "```bash\ntest -s out/" + id + ".txt\n```");
    sections.put("TEST_RESULTS_FORMAT", "```json\n{\"status\": \"pass|fail\"}\n```");
    sections.put("TASK_CLASSIFICATION", "- **Type:** MECHANICAL");
    sections.put("RETROSPECTIVE", "- **Time estimate:** 20 seconds\n- Key: \"sample\"");
    sections.put(
        "PERFORMANCE_REQUIREMENTS", "- Target: 20 seconds\n- Degradation limit: >1 minute");
    sections.put("EXECUTION", "```bash\nmkdir -p out\necho done > out/" + id + ".txt\n```");
  }

  public static Sample of(int number) {
    return new Sample("WORKER_%03d".formatted(number));
  }

  public static Sample of(String id) {
    return new Sample(id);
  }

  public Sample heading(String text) {
    heading = text;
    return this;
  }

  public Sample metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  public Sample withoutMetadata(String key) {
    metadata.remove(key);
    return this;
  }

  public Sample section(String name, String content) {
    sections.put(name, content);
    return this;
  }

  public Sample without(String name) {
    sections.remove(name);
    return this;
  }

  public Sample dependsOn(String... lines) {
    return section("DEPENDENCIES", "- " + String.join("\n- ", lines));
  }

  public String text() {
    var text = new StringBuilder(heading).append("\n\n");
    metadata.forEach((key, value) -> text.append("**%s:** %s%n".formatted(key, value)));
    var number = 1;
    for (var section : sections.entrySet()) {
      var prefix = Character.isDigit(section.getKey().charAt(0)) ? "" : number++ + ". ";
      text.append("\n---\n\n## " + prefix + section.getKey() + "\n\n");
      text.append(section.getValue()).append('\n');
    }
    return text.toString();
  }

  public String fileName() {
    return id + "_Sample.md";
  }

  public Instruction compile() {
    return InstructionCompiler.compile(fileName(), text(), "0".repeat(64));
  }

  public Path write(Path folder) {
    try {
      Files.createDirectories(folder);
      return Files.writeString(folder.resolve(fileName()), text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
