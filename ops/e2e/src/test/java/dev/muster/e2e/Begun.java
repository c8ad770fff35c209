package dev.muster.e2e;

import dev.muster.cli.terminal.Streams;
import dev.muster.cli.verb.Cli;
import dev.muster.cli.verb.Context;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// A command under way in this JVM, with a thread in the place of a process.
final class Begun implements AutoCloseable {
  private static final long LOOK_NANOS = 50_000_000;

  private final Duration patience;
  private final String[] arguments;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final List<Runnable> onInterrupt = new CopyOnWriteArrayList<>();

  Begun(Duration patience, String... arguments) {
    this.patience = patience;
    this.arguments = arguments.clone();
  }

  Streams streams() {
    return new Streams(
        new BufferedReader(Reader.nullReader()),
        Streams.out(out),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  Runnable onInterrupt(Runnable action) {
    onInterrupt.add(action);
    return () -> onInterrupt.remove(action);
  }

  void start(Context context) {
    var command = new Thread(() -> complete(context), "muster " + arguments[0]);
    command.setDaemon(true);
    command.start();
    // Whoever gives up on it lets it go, too.
    var _ =
        exit.whenComplete((_, _) -> {
          if (exit.isCancelled()) command.interrupt();
        });
  }

  private void complete(Context context) {
    try {
      exit.complete(Cli.run(context, arguments));
    } catch (Throwable e) {
      exit.completeExceptionally(e);
    }
  }

  Muster.Ended await() {
    try {
      var code = exit.get(patience.toSeconds(), TimeUnit.SECONDS);
      return new Muster.Ended(code, text(out), text(err));
    } catch (TimeoutException e) {
      exit.cancel(false);
      throw new AssertionError("still running after " + patience + ": " + text(out) + text(err), e);
    } catch (ExecutionException e) {
      throw new AssertionError(String.join(" ", arguments) + ": " + text(err), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// Waits until it has printed this, or has ended.
  Begun waitFor(String text) {
    var until = System.nanoTime() + patience.toNanos();
    while (!exit.isDone() && System.nanoTime() < until) {
      if ((text(out) + text(err)).contains(text)) break;
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return this;
  }

  /// As an operator or the system asks it to stop; waits until it has.
  @Override
  public void close() {
    onInterrupt.forEach(Runnable::run);
    await();
  }

  private static String text(ByteArrayOutputStream written) {
    return written.toString(StandardCharsets.UTF_8);
  }
}
