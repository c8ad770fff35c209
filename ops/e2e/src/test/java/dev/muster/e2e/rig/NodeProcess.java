package dev.muster.e2e.rig;

import dev.muster.e2e.ClassArchive;
import dev.muster.e2e.Muster;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One node: `muster up` in a process of its own, started again on the same data after every death.
public final class NodeProcess {
  private static final int HTTP_PORT = 7_400;

  private final Place place;
  private final Path folder;
  private final Network network;
  private final Map<String, String> environment;
  private @Nullable Process process;
  private int lives;
  private List<String> options = List.of();
  private String main = Muster.MAIN;

  NodeProcess(Place place, Path folder, Network network, Map<String, String> environment) {
    this.place = place;
    this.folder = folder;
    this.network = network;
    this.environment = new HashMap<>(environment);
    this.environment.put("MUSTER_DATA", data().toString());
    this.environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    this.environment.put("MUSTER_NODE_NAME", place.name());
    this.environment.put("MUSTER_PORT", Integer.toString(HTTP_PORT));
    this.environment.put("MUSTER_HTTP_HOST", place.listen());
    this.environment.put("MUSTER_HTTP_NAMES", place.listen());
    network.publish(place.name(), Rig.CLUSTER_PORT);
  }

  /// Holds from the next start.
  public NodeProcess with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /// Another main class, which prepares something and then starts Muster's own.
  public NodeProcess by(String mainClass) {
    main = mainClass;
    return this;
  }

  /// Options of the JVM for all of its next lives, which then knows the classes of these tests.
  public NodeProcess options(List<String> jvm) {
    options = List.copyOf(jvm);
    return this;
  }

  public String name() {
    return place.name();
  }

  public Path data() {
    return folder.resolve("data");
  }

  public URI url() {
    return URI.create("http://" + place.listen() + ":" + HTTP_PORT);
  }

  public synchronized void start() {
    if (alive()) return;
    List<String> line = new ArrayList<>(place.prefix());
    line.addAll(Muster.jvm());
    line.add("-Xmx400m");
    line.addAll(options);
    if (main.equals(Muster.MAIN)) {
      line.addAll(ClassArchive.options());
      line.addAll(List.of("-cp", Muster.classPath(options), main, "up"));
    } else {
      line.addAll(
          List.of(
              "-cp", Muster.ownClasses() + File.pathSeparator + Muster.classPath(), main, "up"));
    }
    try {
      Files.createDirectories(folder);
      lives++;
      var builder = new ProcessBuilder(line).directory(folder.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("MUSTER_"));
      builder.environment().putAll(environment);
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectOutput(folder.resolve("out-" + lives + ".txt").toFile());
      builder.redirectError(folder.resolve("err-" + lives + ".txt").toFile());
      process = builder.start();
      network.moveIn(place.name(), process.pid());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public synchronized boolean alive() {
    return process != null && process.isAlive();
  }

  public synchronized long pid() {
    if (process == null) throw new IllegalStateException(place.name() + " was never started");
    return process.pid();
  }

  /// As if its plug were pulled.
  public synchronized void kill() {
    if (process == null) return;
    process.destroyForcibly();
    await(process);
  }

  /// As an operator or the system asks it to stop; returns at once.
  public synchronized void terminate() {
    if (process != null) process.destroy();
  }

  public synchronized void freeze() {
    if (alive()) Signals.send(pid(), "STOP");
  }

  public synchronized void thaw() {
    if (alive()) Signals.send(pid(), "CONT");
  }

  private static void await(Process process) {
    try {
      process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What its newest life has printed, for a failing test.
  public String said() {
    try {
      var said = new StringBuilder();
      for (var file : List.of("out-", "err-")) {
        var path = folder.resolve(file + lives + ".txt");
        if (Files.exists(path)) said.append(Files.readString(path));
      }
      return place.name() + " (life " + lives + "): " + said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
