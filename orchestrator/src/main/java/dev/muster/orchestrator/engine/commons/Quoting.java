package dev.muster.orchestrator.engine.commons;

import java.util.stream.Collectors;

/// Shows a worker the words of others as what they are: material, that nobody can take for what
/// Muster says. Pure.
final class Quoting {
  private Quoting() {}

  static String quoted(String text) {
    return text.lines().map(line -> "> " + line).collect(Collectors.joining("\n"));
  }
}
