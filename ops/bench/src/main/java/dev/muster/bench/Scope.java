package dev.muster.bench;

import java.nio.file.Path;
import java.util.List;

/// What there is to measure with.
///
/// @param home the checkout of this benchmark
/// @param builds what is measured through its launcher
record Scope(Path home, Server server, List<Build> builds) {
  List<Engine> engines(Workload workload) {
    return switch (workload) {
      case W1 -> W1.engines(this);
      case W2 -> W2.engines(this);
      case W3 -> W3.engines(this);
      case W4 -> W4.engines(this);
      case W5 -> W5.engines(this);
      case W6 -> W6.engines(this);
      case W7 -> W7.engines(this);
      case W8 -> W8.engines(this);
      case W9 -> W9.engines(this);
      case W10 -> W10.engines(this);
    };
  }
}
