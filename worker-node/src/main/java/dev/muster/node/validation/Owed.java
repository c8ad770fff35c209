package dev.muster.node.validation;

import dev.muster.node.workspace.WorkspaceFiles;
import dev.muster.protocol.agent.Role.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a role has to hand over beside passing tests. Looked for when an agent says that it is
/// done; files of others are read through no link.
///
/// @param deliverables of the instruction, among which patterns look
public record Owed(List<Output> outputs, List<String> deliverables) {
  private static final int BYTES_MAX = 1 << 20;
  private static final Pattern HEADING =
      Pattern.compile("^ {0,3}#{1,6}\\s+(?:\\d{1,3}[.)]\\s+)?(.{1,300}?)[\\s#:*]*$");

  public Owed {
    outputs = List.copyOf(outputs);
    deliverables = List.copyOf(deliverables);
  }

  /// What is not there, in words; null when all is.
  public @Nullable String missing(Path work) throws IOException {
    if (outputs.isEmpty()) return null;
    var files = WorkspaceFiles.in(work);
    var missing = new ArrayList<String>();
    for (var output : outputs) {
      var candidates = output.among(deliverables);
      if (!candidates.isEmpty() && !isThere(output, candidates, files)) missing.add(output.words());
    }
    return missing.isEmpty() ? null : "its role owes " + String.join("; ", missing);
  }

  private boolean isThere(Output output, List<String> candidates, WorkspaceFiles files) {
    for (var path : candidates) {
      var text = text(path, files);
      if (text != null && !text.isBlank() && holds(text, output.section())) return true;
    }
    return false;
  }

  /// Null when there is no such file that can be looked through.
  private static @Nullable String text(String path, WorkspaceFiles files) {
    try {
      var at = files.path(path);
      if (files.look(at) == null) return null;
      return new String(files.read(at, BYTES_MAX), StandardCharsets.UTF_8);
    } catch (IOException _) {
      return null;
    }
  }

  private static boolean holds(String text, @Nullable String section) {
    if (section == null) return true;
    return text.lines()
        .anyMatch(line -> {
          var heading = HEADING.matcher(line);
          return heading.matches()
              && heading.group(1).replace("*", "").strip().equalsIgnoreCase(section);
        });
  }
}
