package dev.muster.cli.verb;

import dev.muster.cli.terminal.Caller;
import dev.muster.host.NodeFile;
import dev.muster.host.SandboxTrial;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a host must offer so that a node can work on it. Nothing is changed by looking.
final class HostChecks {
  private static final long DISK_FREE_WARN_MIB = 1024;

  /// Without these no EXECUTION block and no test runs.
  private static final List<String> TOOLS_NEEDED = List.of("bash", "awk", "grep", "find", "sed");

  private static final String OTHER_FOLDER =
      "make it readable and writable, or choose another with --data DIR";
  private static final String NO_SANDBOX =
      "install bubblewrap, such as: apt install bubblewrap; allow unprivileged user namespaces"
          + " (kernel.unprivileged_userns_clone=1); in a container the profile of system calls and"
          + " the masked /proc must be lifted";

  private final Caller caller;
  private final Settings settings;
  private final @Nullable Refusal dataProblem;

  enum State {
    OK,
    WARN,
    FAIL
  }

  /// @param advice how to mend it; empty where nothing is to be mended
  record Check(String name, State state, String found, String advice) {
    Check {
      if (state != State.OK && advice.isBlank()) {
        throw new IllegalArgumentException(name + " is " + state + " and has no advice");
      }
    }
  }

  /// @param dataProblem why what is in the data folder is not believed, nor looked at
  HostChecks(Caller caller, Settings settings, @Nullable Refusal dataProblem) {
    this.caller = caller;
    this.settings = settings;
    this.dataProblem = dataProblem;
  }

  List<Check> all() {
    var checks = new ArrayList<Check>();
    checks.add(jdk());
    checks.add(tools());
    checks.add(git());
    checks.add(sandbox());
    checks.add(state());
    checks.add(data());
    if (dataProblem == null) {
      checks.add(node());
      checks.add(new JournalCheck(settings).look());
    }
    checks.addAll(new SqlChecks(settings).all());
    checks.addAll(new LoadChecks(settings).all());
    return checks;
  }

  private static Check jdk() {
    var version = Runtime.version();
    return version.feature() == 25
        ? new Check("JDK", State.OK, version.toString(), "")
        : new Check(
            "JDK",
            State.WARN,
            version.toString(),
            "Muster is tested on JDK 25: set JAVA_HOME to one");
  }

  private Check tools() {
    var missing = TOOLS_NEEDED.stream().filter(tool -> onPath(tool) == null).toList();
    return missing.isEmpty()
        ? new Check("tools", State.OK, String.join(", ", TOOLS_NEEDED), "")
        : new Check(
            "tools",
            State.FAIL,
            "no " + String.join(", no ", missing) + " on the path",
            "install " + String.join(" ", missing));
  }

  private Check git() {
    return onPath("git") != null
        ? new Check("git", State.OK, "on the path", "")
        : new Check(
            "git",
            State.WARN,
            "not on the path",
            "install git: without it, workers that read a history of changes say that there is"
                + " none");
  }

  private Check sandbox() {
    if (settings.sandbox() == Settings.Sandbox.OFF) {
      return new Check(
          "sandbox",
          State.WARN,
          "switched off (sandbox = off)",
          "set sandbox = prefer; until then every operation above READ_ONLY asks for approval");
    }
    var state = settings.sandbox() == Settings.Sandbox.REQUIRE ? State.FAIL : State.WARN;
    try {
      var trial = SandboxTrial.run();
      return switch (trial.kind()) {
        case BUBBLEWRAP -> new Check("sandbox", State.OK, trial.words(), "");
        case UTIL_LINUX ->
            new Check("sandbox", State.OK, trial.words() + " (bubblewrap starts steps faster)", "");
        case NONE -> new Check("sandbox", state, trial.words(), NO_SANDBOX);
      };
    } catch (IOException e) {
      return new Check("sandbox", state, "could not be tried: " + e.getMessage(), NO_SANDBOX);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Check("sandbox", state, "the trial was interrupted", "look again: muster doctor");
    }
  }

  /// What this user has said of folders is remembered there.
  private Check state() {
    var state = caller.state();
    var problem = state.problem();
    return problem == null
        ? new Check("state folder", State.OK, state.path() + ", of this user alone", "")
        : new Check(
            "state folder",
            State.FAIL,
            problem,
            "close it to others, or set XDG_STATE_HOME to a folder of yours");
  }

  private Check data() {
    if (dataProblem != null) {
      var advice = dataProblem.advice();
      return new Check(
          "data folder", State.FAIL, dataProblem.words(), advice == null ? OTHER_FOLDER : advice);
    }
    var folder = settings.data();
    Path existing = folder;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return new Check("data folder", State.FAIL, folder + " cannot be written", OTHER_FOLDER);
    }
    try {
      var freeMib = Files.getFileStore(existing).getUsableSpace() >> 20;
      var found = folder + ", " + freeMib + " MiB free";
      return freeMib >= DISK_FREE_WARN_MIB
          ? new Check("data folder", State.OK, found, "")
          : new Check("data folder", State.WARN, found, "free some space");
    } catch (IOException e) {
      return new Check("data folder", State.WARN, folder + ": " + e.getMessage(), OTHER_FOLDER);
    }
  }

  private Check node() {
    var file = NodeFile.read(settings.data());
    if (file != null && file.processAlive()) {
      return new Check("node", State.OK, file.name() + " runs at " + file.url(), "");
    }
    var port = settings.port();
    try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return new Check(
          "node", State.OK, "none runs; port " + probe.getLocalPort() + " is free", "");
    } catch (IOException e) {
      return new Check(
          "node",
          State.WARN,
          "none runs here, and port " + port + " is taken by something else",
          "`muster run` takes another port by itself; `muster up --port N` is told one");
    }
  }

  private @Nullable Path onPath(String program) {
    for (var folder : caller.environment().getOrDefault("PATH", "").split(":", -1)) {
      var file = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isExecutable(file) && !Files.isDirectory(file)) {
        return file;
      }
    }
    return null;
  }
}
