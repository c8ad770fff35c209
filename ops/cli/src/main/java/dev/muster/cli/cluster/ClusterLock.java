package dev.muster.cli.cluster;

import dev.muster.cli.session.Pace;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// One command at a time starts and stops the nodes of a cluster. The lock ends with the process.
final class ClusterLock implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final FileChannel channel;

  private ClusterLock(FileChannel channel) {
    this.channel = channel;
  }

  static ClusterLock take(Path data, Pace pace) throws IOException {
    var until = pace.now().plus(PATIENCE);
    while (true) {
      var channel =
          FileChannel.open(
              data.resolve("cluster.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() != null) return new ClusterLock(channel);
      } catch (OverlappingFileLockException _) {
        // Another part of this process has it.
      }
      channel.close();
      if (pace.now().isAfter(until)) {
        throw new Refusal(
            Exit.CONFLICT,
            "another `muster cluster` command is at work on " + data,
            "wait until it has ended");
      }
      pace.sleep(PAUSE);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // It ends with the process at the latest.
    }
  }
}
