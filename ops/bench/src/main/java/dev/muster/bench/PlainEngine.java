package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Path;

/// The turns of W10 without Muster, in a JVM of its own.
record PlainEngine() implements Engine {
  static final String NAME = "plain";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Round round(int workers, Path folder) throws IOException, InterruptedException {
    try (var model = W10.model()) {
      var timed =
          Child.run(
              folder,
              Child.ownClassPath(),
              PlainLoop.class.getName(),
              Integer.toString(workers),
              model.url() + "/v1");
      var seconds = Double.parseDouble(timed.said().strip());
      return timed.on(W10.of(name(), workers, seconds, model));
    }
  }
}
