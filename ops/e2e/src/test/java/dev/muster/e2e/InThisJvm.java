package dev.muster.e2e;

import dev.muster.cli.session.Interrupts;
import dev.muster.cli.session.Jvm;
import dev.muster.cli.session.Pace;
import dev.muster.cli.terminal.Caller;
import dev.muster.cli.terminal.Streams;
import dev.muster.cli.verb.Context;
import dev.muster.cli.verb.Context.Surroundings;
import dev.muster.host.EmbeddedNode;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The command line without a process of its own, which costs some seconds of a processor: for all
/// that a test does not pull the plug of, and that is not about processes, signals or terminals.
/// The nodes that such commands host run what they are told to, each in its own sandbox.
final class InThisJvm {
  private static final String VERSION = "test";

  private InThisJvm() {}

  /// @param variables those that begin with MUSTER_, and others that differ from ours
  static Muster.Ended run(
      Map<String, String> variables, Path folder, Duration patience, String... arguments) {
    return begin(variables, folder, patience, arguments).await();
  }

  /// The same, for what is looked at while it runs.
  static Begun begin(
      Map<String, String> variables, Path folder, Duration patience, String... arguments) {
    var begun = new Begun(patience, arguments);
    var context =
        new Context(
            surroundings(caller(variables, folder), begun.streams(), begun::onInterrupt), VERSION);
    begun.start(context);
    return begun;
  }

  private static Caller caller(Map<String, String> variables, Path folder) {
    var environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("MUSTER_"));
    environment.putAll(variables);
    return new Caller(
        environment, folder, Muster.repository(), Caller.Terminals.NONE, Caller.Window.NONE);
  }

  private static Surroundings surroundings(Caller caller, Streams streams, Interrupts interrupts) {
    return new Surroundings(
        caller,
        streams,
        new EmbeddedNode(VERSION, InstantSource.system()),
        new RealPace(),
        interrupts,
        InThisJvm::another);
  }

  /// What a node in a process of its own is started as: as all that these tests start.
  private static Jvm another() {
    var line = Muster.jvm();
    var flags = new ArrayList<>(line.subList(1, line.size()));
    flags.addAll(ClassArchive.options());
    return new Jvm(Path.of(line.getFirst()), flags, List.of(), Muster.classPath(), Muster.MAIN);
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
