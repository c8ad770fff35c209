package dev.muster.node.sandbox;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Starts every process from one platform thread that lives as long as the JVM.
///
/// The kernel sends the parent-death signal, on which `bwrap --die-with-parent` rests, when the
/// *thread* that started the process ends (prctl(2), PR_SET_PDEATHSIG), and pool threads end when
/// they idle.
final class ProcessLauncher {
  private static final ExecutorService THREAD =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("muster-launcher").daemon().factory());

  /// Not interruptible: a process that was started must be known to its caller.
  static Process start(ProcessBuilder builder) throws IOException {
    try {
      return CompletableFuture.supplyAsync(() -> startHere(builder), THREAD).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StartFailure failure) throw failure.reason;
      throw e;
    }
  }

  private static Process startHere(ProcessBuilder builder) {
    try {
      return Orphans.starting(builder::start);
    } catch (IOException e) {
      throw new StartFailure(e);
    }
  }

  private static final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient IOException reason;

    StartFailure(IOException reason) {
      super(reason);
      this.reason = reason;
    }
  }

  private ProcessLauncher() {}
}
