package dev.muster.e2e.escape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// An operator with a home, a target, a data folder, and much that nobody else should see or touch.
final class Camp implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private final Kit kit;
  private final Machine machine;
  private final Path root;
  private final Map<String, String> environment = new HashMap<>();
  private final List<Process> started = new ArrayList<>();
  private int calls;

  /// What no step and no stranger may ever read.
  private final String secret = "CANARY" + UUID.randomUUID().toString().replace("-", "");

  Camp(Kit kit, Machine machine, String name) throws IOException {
    this.kit = kit;
    this.machine = machine;
    this.root = Files.createDirectory(kit.room().resolve(name));
    for (var folder : List.of("home", "cwd", "t", "outside", "wf")) {
      Files.createDirectories(root.resolve(folder));
    }
    Files.createDirectories(home().resolve(".ssh"));
    Files.writeString(home().resolve(".ssh/id_canary"), secret);
    Files.writeString(outside().resolve("keep"), "keep");
    Files.writeString(outside().resolve("secret"), secret);
    Files.writeString(target().resolve("readme.txt"), "hello\n");
    environment.putAll(plainSettings());
  }

  private Map<String, String> plainSettings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    settings.put("HOME", home().toString());
    settings.put("LANG", "C.UTF-8");
    settings.put("MUSTER_HEADROOM_CPU_PERCENT", "100");
    settings.put("MUSTER_HEADROOM_MEMORY_PERCENT", "100");
    settings.put("MUSTER_HEADROOM_DISK_PERCENT", "100");
    settings.put("MUSTER_ATTEMPTS_MAX", "1");
    settings.put("MUSTER_SLOTS", "4");
    settings.put("MUSTER_PORT", "0");
    settings.put("AWS_SECRET_ACCESS_KEY", secret);
    settings.put("MUSTER_WORKER_WORKSPACE_MAX", "300m");
    settings.put("MUSTER_WORKER_FILES_MAX", "20000");
    if (!machine.sandboxed()) settings.put("MUSTER_SANDBOX", "off");
    return settings;
  }

  Camp with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Camp without(String variable) {
    environment.remove(variable);
    return this;
  }

  Machine machine() {
    return machine;
  }

  String secret() {
    return secret;
  }

  Path root() {
    return root;
  }

  Path home() {
    return root.resolve("home");
  }

  /// Where commands are started, unless they say otherwise.
  Path cwd() {
    return root.resolve("cwd");
  }

  Path target() {
    return root.resolve("t");
  }

  Path outside() {
    return root.resolve("outside");
  }

  Path workforce() {
    return root.resolve("wf");
  }

  Path data() {
    return root.resolve("data");
  }

  Path results() {
    return root.resolve("out");
  }

  /// Gives everything to whoever runs Muster here.
  void own() {
    if (machine.user() && Machine.root()) {
      Shell.run("chown", "-RhP", Machine.NOBODY + ":" + Machine.NOBODY, root.toString());
    }
  }

  record Ended(int exit, String out, String err) {
    String all() {
      return out + err;
    }
  }

  /// A verb with this camp's data folder, to its end.
  Ended muster(String... arguments) {
    return await(start(cwd(), arguments));
  }

  Ended musterIn(Path folder, String... arguments) {
    return await(start(folder, arguments));
  }

  record Started(Process process, Path out, Path err) {}

  Started start(Path folder, String... arguments) {
    List<String> line = new ArrayList<>(machine.prefix());
    line.addAll(kit.line(home()));
    line.addAll(List.of(arguments));
    try {
      var said = Files.createDirectories(root.resolve("said"));
      Files.setPosixFilePermissions(said, PosixFilePermissions.fromString("rwxrwxrwx"));
      var out = said.resolve("out-" + ++calls + ".txt");
      var err = said.resolve("err-" + calls + ".txt");
      var builder = new ProcessBuilder(line).directory(folder.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.redirectInput(Path.of("/dev/null").toFile());
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      var process = builder.start();
      started.add(process);
      return new Started(process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Ended await(Started it) {
    try {
      var exit = -1;
      if (it.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        exit = it.process().exitValue();
      } else {
        end(it.process());
      }
      return new Ended(exit, Files.readString(it.out()), Files.readString(it.err()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Runs the camp's workforce.
  Ended run(String approve, String... more) {
    own();
    List<String> line = new ArrayList<>(List.of("run", workforce().toString()));
    line.addAll(List.of("--target", target().toString(), "--no-input", "--approve", approve));
    line.addAll(List.of("--data", data().toString(), "--results", results().toString()));
    line.addAll(List.of(more));
    return muster(line.toArray(String[]::new));
  }

  private static void end(Process process) {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    for (var process : started) {
      if (!process.isAlive()) continue;
      process.destroy();
      try {
        if (process.waitFor(15, TimeUnit.SECONDS)) continue;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      end(process);
    }
  }
}
