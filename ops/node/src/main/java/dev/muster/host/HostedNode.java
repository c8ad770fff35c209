package dev.muster.host;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A node in this process, with the lock of its data folder and the file by which others find it.
public final class HostedNode implements AutoCloseable {
  private final RunningNode node;
  private final DataFolder data;
  private final @Nullable NodeFile file;
  private boolean closed;

  HostedNode(RunningNode node, DataFolder data, @Nullable NodeFile file) {
    this.node = node;
    this.data = data;
    this.file = file;
  }

  public URI url() {
    return node.url();
  }

  public Path tokenFile() {
    return node.tokenFile();
  }

  /// What an error of this node really comes from when its disk has filled up; null when it has
  /// not.
  public @Nullable Refusal diskFull(Refusal refusal) {
    var found = data.fullInWords();
    if (found == null) return null;
    return new Refusal(
        Exit.FAILED,
        "no room is left for the data folder %s (%s); the run stops here and nothing that was acknowledged is lost"
            .formatted(data.path(), found),
        "free some space, then: `muster resume`",
        refusal);
  }

  /// Somebody who stays wants to host it.
  public boolean isWanted() {
    return TakeOver.isAsked(data.path());
  }

  /// Begins nothing any more, and waits until nothing runs here.
  ///
  /// @return whether nothing runs here now
  public boolean settle(Duration longest) {
    return node.settle(longest);
  }

  public void awaitTermination() {
    node.awaitTermination();
  }

  /// Also called from the hook that runs when the process is told to end.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (file != null) {
      file.remove(data.path());
    }
    try {
      node.close();
    } finally {
      data.close();
    }
  }
}
