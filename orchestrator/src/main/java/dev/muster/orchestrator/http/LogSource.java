package dev.muster.orchestrator.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Finds what attempts printed, wherever they ran.
@FunctionalInterface
public interface LogSource {
  /// The log of an attempt; null when it is neither on this node nor stored.
  @Nullable Log find(String run, String worker, int attempt);

  /// A log that may still grow.
  interface Log {
    long size() throws IOException;

    /// Shorter than asked for at the end only.
    byte[] read(long from, int bytesMax) throws IOException;
  }
}
