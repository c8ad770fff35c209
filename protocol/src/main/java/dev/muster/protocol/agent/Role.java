package dev.muster.protocol.agent;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What kind of worker somebody is. Data only: it changes what a model is told and asked through,
/// takes tools away and asks for more to hand over; it gives none, and allows nothing.
///
/// @param name as instructions name it, in lower case
/// @param profile of the model it is best carried out by; null for any that suits the task
/// @param tools the only ones it is offered; empty for all
/// @param text its standing rules and what it has to hand over
/// @param output what the runtime looks for when it says that it is done, beside the deliverables
/// @param repairsMax how often it may mend what the runtime found; null for as often as anybody
public record Role(
    String name,
    @Nullable String profile,
    List<String> tools,
    String text,
    List<Output> output,
    @Nullable Integer repairsMax) {
  public Role {
    tools = tools == null ? List.of() : List.copyOf(tools);
    output = output == null ? List.of() : List.copyOf(output);
  }

  /// One that owes no more than its instruction says.
  public Role(String name, @Nullable String profile, List<String> tools, String text) {
    this(name, profile, tools, text, List.of(), null);
  }

  /// A file, or a part of one.
  ///
  /// @param path in the workspace; with a `*` in it, one of the deliverables that it fits, where
  ///   the instruction has such
  /// @param section heading that must be in it; null for the file alone
  public record Output(String path, @Nullable String section) {
    public boolean isPattern() {
      return path.contains("*");
    }

    /// Where it is looked for. A pattern that fits no deliverable asks for nothing: the role knows
    /// no instruction, and nobody could ever meet it.
    public List<String> among(List<String> deliverables) {
      if (!isPattern()) return List.of(path);
      var glob = "glob:" + path.replaceAll("[\\[\\]{}?\\\\]", "?");
      var matcher = FileSystems.getDefault().getPathMatcher(glob);
      return deliverables.stream()
          .filter(it -> {
            var whole = path.contains("/") ? Path.of(it) : Path.of(it).getFileName();
            return whole != null && matcher.matches(whole);
          })
          .toList();
    }

    public String words() {
      var file = isPattern() ? "a deliverable called `" + path + "`" : "`" + path + "`";
      return section == null ? file : file + ", with a section `" + section + "`";
    }
  }
}
