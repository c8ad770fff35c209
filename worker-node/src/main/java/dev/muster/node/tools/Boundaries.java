package dev.muster.node.tools;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an instruction's BOUNDARIES allow, as a policy. What is clearly said is enforced, whatever
/// the model was told; the rest is for the model to keep, and is said to be.
///
/// @param lines as written, a statement each
/// @param deliverables that the instruction owes: always writable, unless a line names them
public record Boundaries(List<String> lines, List<String> deliverables) {
  public static final Boundaries NONE = new Boundaries(List.of());

  /// What is done to a path.
  enum Act {
    /// It was not handed to the worker.
    CREATE,
    /// It was, and gets another content or goes.
    CHANGE
  }

  public Boundaries {
    lines = List.copyOf(lines);
    deliverables = List.copyOf(deliverables);
  }

  public Boundaries(List<String> lines) {
    this(lines, List.of());
  }

  /// The lines that are enforced, each with what is made of it.
  public List<String> enforced() {
    return BoundaryReader.read(lines).stream().map(Rule::inWords).toList();
  }

  /// Those of them about files that allow, or those that forbid.
  public List<String> enforced(boolean allows) {
    return BoundaryReader.read(lines).stream()
        .filter(it -> it.allows() == allows && !it.network())
        .map(Rule::inWords)
        .distinct()
        .toList();
  }

  /// The line that keeps an agent from the network, in words; null when none does.
  public @Nullable String keepsFromNetwork() {
    var rule = forbidsNetwork();
    return rule == null ? null : rule.inWords();
  }

  /// What scripts are refused for, whatever BOUNDARIES say.
  public static List<String> refusedScripts() {
    return Blocked.words();
  }

  /// The lines that forbid something nobody but the agent can keep.
  public List<String> unenforced() {
    return BoundaryReader.unclear(lines);
  }

  /// The rule that forbids it; null when none does.
  ///
  /// @param path relative to the workspace
  @Nullable Rule forbids(Act act, String path) {
    Rule verdict = null;
    for (var rule : BoundaryReader.read(lines)) {
      var weight = rule.weight(act, path);
      if (weight > (verdict == null ? 0 : verdict.weight(act, path))) verdict = rule;
      else if (verdict != null && weight == verdict.weight(act, path) && !rule.allows()) {
        verdict = rule;
      }
    }
    if (verdict == null || verdict.allows()) return null;
    return isDelivered(path) && !verdict.names(path) ? null : verdict;
  }

  /// The rule that keeps an agent from the network; null when none does.
  @Nullable Rule forbidsNetwork() {
    for (var rule : BoundaryReader.read(lines)) {
      if (!rule.allows() && rule.network()) return rule;
    }
    return null;
  }

  private boolean isDelivered(String path) {
    for (var deliverable : deliverables) {
      var name = deliverable.startsWith("./") ? deliverable.substring(2) : deliverable;
      if (path.equals(name) || path.startsWith(name.endsWith("/") ? name : name + "/")) return true;
    }
    return false;
  }
}
