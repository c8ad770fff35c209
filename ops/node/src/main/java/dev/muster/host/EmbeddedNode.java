package dev.muster.host;

import dev.muster.host.NodeStartException.Kind;
import dev.muster.node.sandbox.SandboxUnavailableException;
import dev.muster.orchestrator.journal.storage.StorageException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/// The node of this build: orchestrator and worker-node composed in one JVM.
public final class EmbeddedNode implements NodeHost {
  private final String version;
  private final InstantSource clock;

  public EmbeddedNode(String version, InstantSource clock) {
    this.version = version;
    this.clock = clock;
  }

  @Override
  public RunningNode start(NodeOptions options) {
    var first = startOnce(options);
    return options.settings().database().isServer()
        ? LastingNode.of(first, port -> startOnce(options.again(port)))
        : first;
  }

  private RunningNode startOnce(NodeOptions options) {
    Deque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();
    try {
      return new Starting(options, version, clock, opened).start();
    } catch (StorageException e) {
      throw failed(opened, kind(e.reason()), e);
    } catch (NodeStartException e) {
      StopNode.close(opened);
      throw e;
    } catch (SandboxUnavailableException e) {
      throw failed(opened, Kind.SANDBOX_MISSING, e);
    } catch (IOException | RuntimeException e) {
      throw failed(opened, Kind.OTHER, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(opened, Kind.OTHER, e);
    }
  }

  private static NodeStartException failed(
      Deque<AutoCloseable> opened, Kind kind, Exception cause) {
    StopNode.close(opened);
    var message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new NodeStartException(kind, message, cause);
  }

  private static Kind kind(StorageException.Reason reason) {
    return switch (reason) {
      case LOCKED -> Kind.DATA_LOCKED;
      case UNWRITABLE -> Kind.DATA_UNWRITABLE;
      case DISK_FULL -> Kind.DISK_FULL;
      case LOST -> Kind.JOURNAL_LOST;
      case UNSAFE -> Kind.JOURNAL_UNSAFE;
      case UNREACHABLE -> Kind.DATABASE_UNREACHABLE;
      case OTHER -> Kind.OTHER;
    };
  }
}
