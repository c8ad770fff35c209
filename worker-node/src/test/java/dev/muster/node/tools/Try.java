package dev.muster.node.tools;

import dev.muster.node.models.ToolCall;
import dev.muster.node.tools.Violation.Kind;
import java.util.List;
import java.util.Set;

/// What a hostile model tries.
///
/// @param ends how it has to end
/// @param calls in order; the last one is looked at
public record Try(String name, Ends ends, Set<Kind> kinds, List<ToolCall> calls) {
  public enum Ends {
    /// Recorded as a violation.
    RECORDED,
    /// Told that it cannot be.
    TOLD,
    /// Carried out, and nothing came of it.
    NOTHING,
    /// Nobody but the gate lets it happen, and then it is what it says.
    ASKED
  }

  static Try recorded(String name, Kind kind, ToolCall... calls) {
    return new Try(name, Ends.RECORDED, Set.of(kind), List.of(calls));
  }

  static Try told(String name, ToolCall... calls) {
    return new Try(name, Ends.TOLD, Set.of(), List.of(calls));
  }

  static Try nothing(String name, ToolCall... calls) {
    return new Try(name, Ends.NOTHING, Set.of(), List.of(calls));
  }

  static Try asked(String name, ToolCall... calls) {
    return new Try(name, Ends.ASKED, Set.of(), List.of(calls));
  }

  static ToolCall shell(String script) {
    return Scene.call("shell", "script", script, "seconds", 4);
  }

  static ToolCall write(String path) {
    return Scene.call("write", "path", path, "content", "PWNED");
  }

  static ToolCall read(String path) {
    return Scene.call("read", "path", path);
  }

  @Override
  public String toString() {
    return name;
  }
}
