package dev.muster.cli.session;

import dev.muster.host.DataFolder;
import dev.muster.host.NodeFile;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.nio.file.Path;

/// Why no node can be used, and what to do about it.
final class SessionRefusals {
  private SessionRefusals() {}

  static Refusal mute(NodeFile file, Path logs) {
    return new Refusal(
        Exit.UNREACHABLE,
        "process " + file.pid() + " hosts the node at " + file.url() + " but does not answer",
        "look at " + logs.resolve("errors.log") + ", or end that process");
  }

  static Refusal notRunning(Path data) {
    return new Refusal(
        Exit.UNREACHABLE,
        "no node is running for the data folder " + data,
        "start one with: `muster up`");
  }

  static Refusal nothingHere(Path data) {
    return new Refusal(
        Exit.NOT_FOUND,
        "there is no data folder " + data + ": nothing has run here yet",
        "start with: `muster run FOLDER`, or name another data folder with --data DIR");
  }

  static Refusal locked(Path data) {
    var holder = DataFolder.holder(data);
    return new Refusal(
        Exit.CONFLICT,
        "another process"
            + (holder == null ? "" : " (" + holder + ")")
            + " uses the data folder "
            + data,
        "wait until it ends, or use another folder with --data DIR");
  }
}
