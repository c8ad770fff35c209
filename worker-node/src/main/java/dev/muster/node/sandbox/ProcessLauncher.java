package dev.muster.node.sandbox;

import dev.muster.node.sandbox.kernel.CallingThread;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A platform thread from which processes are started.
///
/// The kernel sends the parent-death signal, on which `bwrap --die-with-parent` rests, when the
/// *thread* that started the process ends (prctl(2), PR_SET_PDEATHSIG), and pool threads end when
/// they idle. So one lives as long as the JVM. A thread can also give things up before it starts
/// anything; such a one lives as long as what it started.
final class ProcessLauncher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessLauncher.class);
  private static final ProcessLauncher LASTING = new ProcessLauncher("muster-launcher");

  static {
    LASTING.thread.execute(ProcessLauncher::forgetKeys);
  }

  private final ExecutorService thread;

  private ProcessLauncher(String name) {
    this.thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
  }

  /// Something to do on the thread.
  @FunctionalInterface
  interface Work<T> {
    T get() throws IOException;
  }

  /// Not interruptible: a process that was started must be known to its caller.
  static Process start(ProcessBuilder builder) throws IOException {
    return LASTING.run(() -> Orphans.starting(builder::start));
  }

  /// The one that lives as long as the JVM. Closing it does nothing.
  static ProcessLauncher lasting() {
    return LASTING;
  }

  /// One of its own, for a thread that will not be what it was.
  static ProcessLauncher own() {
    var launcher = new ProcessLauncher("muster-launcher-of-one");
    launcher.thread.execute(ProcessLauncher::forgetKeys);
    return launcher;
  }

  <T> T run(Work<T> work) throws IOException {
    try {
      return CompletableFuture.supplyAsync(() -> here(work), thread).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Failure failure) throw failure.reason;
      throw e;
    }
  }

  /// Containers often forbid keyrings altogether, and have none to inherit then.
  private static void forgetKeys() {
    try {
      CallingThread.forgetKeys();
    } catch (IOException e) {
      LOG.debug("steps keep the session keyring of this node: {}", e.toString());
    }
  }

  private static <T> T here(Work<T> work) {
    try {
      return work.get();
    } catch (IOException e) {
      throw new Failure(e);
    }
  }

  private static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient IOException reason;

    Failure(IOException reason) {
      super(reason);
      this.reason = reason;
    }
  }

  @Override
  public void close() {
    if (this != LASTING) thread.shutdown();
  }
}
