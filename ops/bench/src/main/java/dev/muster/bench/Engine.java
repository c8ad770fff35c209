package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Path;

/// One way to carry out durable workers. Every round is a process of its own, so that each engine
/// begins as cold as the others.
interface Engine {
  String name();

  /// @param workers how many
  /// @param folder empty, for this round alone
  Round round(int workers, Path folder) throws IOException, InterruptedException;
}
