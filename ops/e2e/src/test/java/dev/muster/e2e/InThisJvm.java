package dev.muster.e2e;

import dev.muster.cli.session.Pace;
import dev.muster.cli.terminal.Caller;
import dev.muster.cli.terminal.Streams;
import dev.muster.cli.verb.Cli;
import dev.muster.cli.verb.Context;
import dev.muster.cli.verb.Context.Surroundings;
import dev.muster.host.EmbeddedNode;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The command line without a process of its own, which costs some seconds of a processor: for all
/// that a test does not pull the plug of, and that is not about processes, signals or terminals.
/// The nodes that such commands host run what they are told to, each in its own sandbox.
final class InThisJvm {
  private static final String VERSION = "test";

  private InThisJvm() {}

  /// @param variables those that begin with MUSTER_, and others that differ from ours
  static Muster.Ended run(
      Map<String, String> variables, Path folder, Duration patience, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var streams =
        new Streams(
            new BufferedReader(Reader.nullReader()),
            Streams.out(out),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    var context = new Context(surroundings(caller(variables, folder), streams), VERSION);
    var exit = new CompletableFuture<Integer>();
    var command = new Thread(() -> complete(exit, context, arguments), "muster " + arguments[0]);
    command.setDaemon(true);
    command.start();
    try {
      var code = exit.get(patience.toSeconds(), TimeUnit.SECONDS);
      return new Muster.Ended(code, text(out), text(err));
    } catch (TimeoutException e) {
      command.interrupt();
      throw new AssertionError("still running after " + patience + ": " + text(out) + text(err), e);
    } catch (ExecutionException e) {
      throw new AssertionError(String.join(" ", arguments) + ": " + text(err), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static void complete(
      CompletableFuture<Integer> exit, Context context, String... arguments) {
    try {
      exit.complete(Cli.run(context, arguments));
    } catch (Throwable e) {
      exit.completeExceptionally(e);
    }
  }

  private static Caller caller(Map<String, String> variables, Path folder) {
    var environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("MUSTER_"));
    environment.putAll(variables);
    return new Caller(
        environment, folder, Muster.repository(), Caller.Terminals.NONE, Caller.Window.NONE);
  }

  private static Surroundings surroundings(Caller caller, Streams streams) {
    return new Surroundings(
        caller,
        streams,
        new EmbeddedNode(VERSION, InstantSource.system()),
        new RealPace(),
        _ -> () -> {},
        () -> {
          throw new UnsupportedOperationException("needs a process: " + caller.folder());
        });
  }

  private static String text(ByteArrayOutputStream written) {
    return written.toString(StandardCharsets.UTF_8);
  }

  private static final class RealPace implements Pace {
    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public void sleep(Duration duration) {
      try {
        Thread.sleep(duration);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Refusal(Exit.INTERRUPTED, "interrupted", null, e);
      }
    }
  }
}
