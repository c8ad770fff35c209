package dev.muster.host;

import dev.muster.protocol.RetryPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node that comes back by itself when the cluster has put it out: cut off, stopped for too long,
/// or left behind by a newer cluster. It begins again as a new incarnation at the same address.
final class LastingNode implements RunningNode {
  private static final Logger LOG = LoggerFactory.getLogger(LastingNode.class);
  private static final RetryPolicy RETRIES =
      new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final Function<Integer, RunningNode> starter;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread keeper;
  private volatile RunningNode node;

  private LastingNode(RunningNode first, Function<Integer, RunningNode> starter) {
    this.node = first;
    this.starter = starter;
    this.keeper = Thread.ofPlatform().daemon().name("muster-node").unstarted(this::keep);
  }

  /// @param starter starts a node whose API listens at this port
  static LastingNode of(RunningNode first, Function<Integer, RunningNode> starter) {
    var lasting = new LastingNode(first, starter);
    lasting.keeper.start();
    return lasting;
  }

  @Override
  public URI url() {
    return node.url();
  }

  @Override
  public Path tokenFile() {
    return node.tokenFile();
  }

  @Override
  public boolean settle(Duration longest) {
    return node.settle(longest);
  }

  @Override
  public void awaitTermination() {
    try {
      keeper.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep() {
    var failures = 0;
    while (true) {
      node.awaitTermination();
      if (isClosingWithin(Duration.ZERO)) return;
      node.close();
      var pause = RETRIES.pauseAfter(failures);
      LOG.warn("this node was put out of the cluster; starting it again in {}", pause);
      if (isClosingWithin(pause)) return;
      failures = startAgain() ? 0 : failures + 1;
    }
  }

  private boolean startAgain() {
    try {
      var next = starter.apply(node.url().getPort());
      synchronized (this) {
        node = next;
        if (isClosingWithin(Duration.ZERO)) next.close();
      }
      return true;
    } catch (NodeStartException e) {
      LOG.error("the node could not be started again: {}", e.words());
      return false;
    }
  }

  private boolean isClosingWithin(Duration pause) {
    try {
      return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public synchronized void close() {
    closing.countDown();
    node.close();
  }
}
