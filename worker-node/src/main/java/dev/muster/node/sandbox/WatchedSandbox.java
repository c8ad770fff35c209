package dev.muster.node.sandbox;

import java.io.IOException;

/// Believes nothing that ended while its node stood still: the watchdog may have ended it.
public record WatchedSandbox(Sandbox sandbox, Watchdog watchdog) implements Sandbox {
  @Override
  public SandboxKind kind() {
    return sandbox.kind();
  }

  @Override
  public String describe() {
    return sandbox.describe();
  }

  @Override
  public Ended run(Job job, Capture capture, Leave leave) throws IOException, InterruptedException {
    var ended = sandbox.run(job, capture, leave);
    if (watchdog.missed()) throw new InterruptedException("the node stood still");
    return ended;
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
