package dev.muster.host;

import dev.muster.host.settings.Settings;
import java.nio.file.Path;
import java.util.function.Consumer;

/// What kind of node to start.
///
/// @param data absolute; exists, is writable and is locked for this process
/// @param port 0 for any free one
/// @param control only answer and record decisions: role orchestrator, carry no run on
/// @param resume carry on every unfinished run that is not paused
/// @param usedAtOnce whoever starts it has something to ask, so that it has to have its place in
///   the cluster first; else it may look for one as long as it takes
/// @param notices told what keeps a node from starting for now
public record NodeOptions(
    Path data,
    int port,
    boolean control,
    boolean resume,
    boolean usedAtOnce,
    Settings settings,
    Consumer<String> notices) {
  public NodeOptions {
    if (control && resume) {
      throw new IllegalArgumentException("a control-only node resumes no run");
    }
  }

  NodeOptions at(int otherPort) {
    return new NodeOptions(data, otherPort, control, resume, usedAtOnce, settings, notices);
  }

  /// For the next life of the same node, which whoever asks it waits for.
  NodeOptions again(int samePort) {
    return new NodeOptions(data, samePort, control, resume, false, settings, notices);
  }
}
