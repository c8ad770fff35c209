package dev.muster.orchestrator.engine.instruction;

import dev.muster.orchestrator.engine.instruction.ParsedInstruction.Field;
import dev.muster.protocol.agent.Role;
import dev.muster.protocol.agent.Role.Output;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads one file of `roles/`: front matter with `profile`, `tools`, `output` and
/// `self-correcting`, then what the role is told.
final class RoleFile {
  private static final int OUTPUTS_MAX = 50;
  private static final int REPAIRS_MAX = 100;
  private static final Pattern TOOL = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

  private final Map<String, Field> fields;

  private RoleFile(Map<String, Field> fields) {
    this.fields = fields;
  }

  /// @throws IllegalArgumentException in words
  static Role read(String name, String text) {
    var lines = text.lines().toList();
    var front = FrontMatter.of(lines);
    var file = new RoleFile(front.fields());
    var body = String.join("\n", lines.subList(front.end(), lines.size())).strip();
    if (body.isEmpty()) throw new IllegalArgumentException("it says nothing of the role");
    return new Role(name, file.profile(), file.tools(), body, file.output(), file.repairsMax());
  }

  private @Nullable String profile() {
    var value = value("profile");
    return value.isBlank() ? null : value.strip();
  }

  private String value(String key) {
    var field = fields.get(key);
    return field == null ? "" : field.value();
  }

  private List<String> tools() {
    var tools =
        Stream.of(value("tools").toLowerCase(Locale.ROOT).split("[,\\s]+", -1))
            .filter(it -> !it.isEmpty())
            .toList();
    for (var tool : tools) {
      if (!TOOL.matcher(tool).matches()) {
        throw new IllegalArgumentException("'" + tool + "' is no name of a tool");
      }
    }
    return tools;
  }

  /// `report.md#Findings, report.md#Open questions, *.md`.
  private List<Output> output() {
    var all =
        Stream.of(value("output").split(",", -1))
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            .map(RoleFile::output)
            .toList();
    if (all.size() <= OUTPUTS_MAX) return all;
    throw new IllegalArgumentException(
        "output names %d files and sections, at most %d".formatted(all.size(), OUTPUTS_MAX));
  }

  private static Output output(String text) {
    var hash = text.indexOf('#');
    var path = hash < 0 ? text : text.substring(0, hash).strip();
    var section = hash < 0 ? null : text.substring(hash + 1).strip();
    var problem = path.isEmpty() ? "names no file" : RelativePath.problem(path.replace("*", "x"));
    if (problem == null && section != null && (section.isEmpty() || section.length() > 200)) {
      problem = "names no section of 1 to 200 characters behind its #";
    }
    if (problem == null) return new Output(path, section);
    throw new IllegalArgumentException(
        "output '%s' %s; expected a file, such as report.md or report.md#Findings"
            .formatted(text, problem));
  }

  private @Nullable Integer repairsMax() {
    var value = value("self-correcting").toLowerCase(Locale.ROOT);
    return switch (value) {
      case "", "yes", "true", "on" -> null;
      case "no", "false", "off" -> 0;
      default -> {
        if (value.matches("\\d{1,3}") && Integer.parseInt(value) <= REPAIRS_MAX) {
          yield Integer.valueOf(value);
        }
        throw new IllegalArgumentException(
            "self-correcting is '%s', expected yes, no or how often (0 to %d)"
                .formatted(value, REPAIRS_MAX));
      }
    };
  }
}
