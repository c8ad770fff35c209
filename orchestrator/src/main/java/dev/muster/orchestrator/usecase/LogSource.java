package dev.muster.orchestrator.usecase;

import java.io.IOException;

/// Finds what attempts printed, wherever they ran.
@FunctionalInterface
public interface LogSource {
  /// Takes seconds at most.
  Found find(Attempt attempt);

  /// An attempt that has begun.
  ///
  /// @param node where it began
  /// @param underWay whether it has not ended yet, as far as the asker knows
  record Attempt(String run, String worker, int number, String node, boolean underWay) {}

  sealed interface Found permits Log, Missing {}

  /// A log that may still grow.
  non-sealed interface Log extends Found {
    long size() throws IOException;

    /// Shorter than asked for at the end only.
    byte[] read(long from, int bytesMax) throws IOException;
  }

  /// No log that could be read.
  enum Missing implements Found {
    /// Neither stored nor on its node.
    NOWHERE,
    /// Not stored, and its node does not answer.
    SILENT
  }
}
