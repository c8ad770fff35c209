package dev.muster.host;

import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes what a node has opened, the newest first, and goes on when one of them fails.
final class StopNode {
  private static final Logger LOG = LoggerFactory.getLogger(StopNode.class);

  private StopNode() {}

  static void close(Deque<AutoCloseable> opened) {
    while (!opened.isEmpty()) {
      var next = opened.pop();
      try {
        next.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("{} did not close cleanly", next, e);
      }
    }
  }
}
