package dev.muster.cli.stub;

import dev.muster.cli.session.Interrupts;
import dev.muster.cli.session.Jvm;
import dev.muster.cli.session.Pace;
import dev.muster.cli.terminal.Caller;
import dev.muster.cli.terminal.Caller.Terminals;
import dev.muster.cli.terminal.Streams;
import dev.muster.cli.verb.Cli;
import dev.muster.cli.verb.Context;
import dev.muster.cli.verb.Context.Surroundings;
import dev.muster.host.NodeFile;
import dev.muster.host.NodeHost;
import dev.muster.host.NodeOptions;
import dev.muster.host.NodeStartException;
import dev.muster.host.RunningNode;
import dev.muster.host.trust.StateFolder;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The command line in a folder of its own, with time, terminal and node in the test's hand.
public final class CliBench implements AutoCloseable {
  public final StubNode node = new StubNode();
  public final Path folder;
  public final List<NodeOptions> hosted = new ArrayList<>();
  public final Map<String, String> environment = new HashMap<>(Map.of("TERM", "xterm"));
  public Terminals terminals = Terminals.NONE;
  public @Nullable NodeStartException startFailure;

  /// Of the terminal.
  public int columns = 100;

  public int rows = 24;

  /// Where data goes instead of to `out()`.
  public @Nullable OutputStream stdout;

  /// How nodes of a cluster are started.
  public Jvm jvm =
      new Jvm(Path.of("no-java-here"), List.of(), List.of(), "", "dev.muster.cli.Main");

  /// Called whenever the command line sleeps.
  public Runnable onSleep = () -> {};

  private final List<Runnable> interrupts = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String input = "";
  private Instant now = Instant.parse("2026-01-01T00:00:10Z");

  public CliBench(Path folder) {
    this.folder = folder;
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    environment.put("HOME", folder.resolve("home").toString());
    try {
      Files.createDirectories(folder.resolve("state/muster"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path data() {
    return new StateFolder(folder.resolve("state/muster")).dataOf(folder);
  }

  /// A node of another process is found, with its token.
  public CliBench nodeRuns() {
    return nodeIs(node);
  }

  /// The same with another node.
  public CliBench nodeIs(StubNode found) {
    try {
      Files.createDirectories(data());
      Files.writeString(data().resolve("operator.token"), StubNode.TOKEN);
      new NodeFile(found.url().toString(), ProcessHandle.current().pid(), "local", Instant.now())
          .write(data());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The other process ends.
  public void nodeGoes() {
    try {
      Files.delete(data().resolve("node.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    node.close();
  }

  public CliBench workforce(String name) {
    try {
      Files.createDirectories(folder.resolve(name));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Somebody sits at a terminal and types this.
  public CliBench types(String lines) {
    input = lines;
    terminals = new Terminals(true, true, true);
    return this;
  }

  public static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ctrl-C.
  public void interrupt() {
    List.copyOf(interrupts).forEach(Runnable::run);
  }

  /// @return the exit code
  public int muster(String... args) {
    out.reset();
    err.reset();
    return Cli.run(context(), args);
  }

  /// What a part of a command does.
  public void inside(Consumer<Context> part) {
    out.reset();
    err.reset();
    part.accept(context());
  }

  /// As a command line that begins now finds it.
  public Context context() {
    var streams =
        new Streams(
            new BufferedReader(new StringReader(input)),
            Streams.out(stdout == null ? out : stdout),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    var caller = new Caller(environment, folder, folder, terminals, new HeldWindow());
    var surroundings =
        new Surroundings(
            caller, streams, new StubHost(), new HeldPace(), new HeldInterrupts(), () -> jvm);
    return new Context(surroundings, "1.2.3");
  }

  public Instant now() {
    return now;
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    node.close();
  }

  private final class HeldPace implements Pace {
    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void sleep(Duration duration) {
      now = now.plus(duration);
      onSleep.run();
    }
  }

  private final class HeldWindow implements Caller.Window {
    @Override
    public int columns() {
      return columns;
    }

    @Override
    public int rows() {
      return rows;
    }
  }

  private final class HeldInterrupts implements Interrupts {
    @Override
    public Runnable onInterrupt(Runnable action) {
      interrupts.add(action);
      return () -> interrupts.remove(action);
    }
  }

  /// Hosts the stub as if it were a node of this process.
  private final class StubHost implements NodeHost {
    @Override
    public RunningNode start(NodeOptions options) {
      hosted.add(options);
      var failure = startFailure;
      var taken = failure != null && failure.kind() == NodeStartException.Kind.PORT_IN_USE;
      if (failure != null && !(taken && options.port() == 0)) {
        throw failure;
      }
      try {
        Files.writeString(data().resolve("operator.token"), StubNode.TOKEN);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new StubRunning();
    }
  }

  public int stopped;

  /// How long each time somebody would have waited for what runs on the hosted node.
  public final List<Duration> settled = new ArrayList<>();

  /// Something runs on the hosted node until somebody waits for it.
  public boolean busy;

  /// The node that takes over once the first has gone.
  public @Nullable StubNode second;

  private final class StubRunning implements RunningNode {
    @Override
    public URI url() {
      var other = second;
      return other == null ? node.url() : other.url();
    }

    @Override
    public Path tokenFile() {
      return data().resolve("operator.token");
    }

    @Override
    public void close() {
      stopped++;
    }

    @Override
    public boolean settle(Duration longest) {
      settled.add(longest);
      return !busy || !longest.isZero();
    }

    @Override
    public void awaitTermination() {}
  }
}
