package dev.muster.e2e.escape;

import dev.muster.e2e.escape.Outcome.Untried;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What all probes together have left on the host, seen from outside.
final class HostJudge {
  private static final long DATA_MIB_MAX = 8_000;

  private final Machine machine;
  private final Camp camp;
  private final Ledger ledger;
  private final String mark;

  HostJudge(Machine machine, Camp camp, Ledger ledger, String mark) {
    this.machine = machine;
    this.camp = camp;
    this.ledger = ledger;
    this.mark = mark;
  }

  private void say(String name, String promise, List<String> wrong) {
    var words = String.join("; ", wrong.subList(0, Math.min(wrong.size(), 5)));
    ledger.add(machine.label(), name, promise, Outcome.heldIf(wrong.isEmpty(), words));
  }

  void judge(Bait bait, Node node) throws Exception {
    say("host-files", "A step changes nothing but its workspace.", bait.changes());
    var heard = bait.heard();
    say("host-listeners", "A step reaches nobody who listens on the host.", heard);
    say("host-processes", "Nothing outlives its step.", living());
    var breakdowns = new ArrayList<>(node.breakdowns());
    if (!node.healthy()) breakdowns.add("the node is not healthy");
    say("host-node", "No step hurts the node.", breakdowns);
    say("host-shared-places", "A step changes nothing but its workspace.", sharedPlaces());
  }

  /// After the node has gone.
  void judgeLeftovers() {
    say(
        "host-privileged-files",
        "No set-uid or set-gid file stays on the host.",
        found("-perm", "/6000"));
    say("host-devices", "No device stays on the host.", devices());
    say("host-processes-after-node", "Nothing outlives its node.", livingNow());
    say("host-secrets", "What a node must not tell is in no file it hands out.", secrets());
    say("host-disk", "A step is bounded in what it takes of the disk.", tooMuch());
  }

  private List<String> living() throws InterruptedException {
    Thread.sleep(1_500); // the kernel takes a moment to reap what was killed
    return livingNow();
  }

  private List<String> livingNow() {
    List<String> living = new ArrayList<>();
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (var process : processes) {
        var line = commandLine(process);
        if (line.contains(mark) && !line.contains("muster-escape-")) {
          living.add(process.getFileName() + ": " + line);
          if (line.startsWith("sleep " + mark))
            Shell.tried("kill", "-9", process.getFileName().toString());
        }
      }
    } catch (IOException e) {
      living.add(e.toString());
    }
    return living;
  }

  private static String commandLine(Path process) {
    try {
      return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8)
          .replace('\0', ' ')
          .strip();
    } catch (IOException _) {
      return ""; // it has ended
    }
  }

  private List<String> sharedPlaces() {
    return Shell.tried(
            "find",
            "/dev/shm",
            "/tmp",
            "/var/tmp",
            "/run",
            "-maxdepth",
            "1",
            "-name",
            "*" + mark + "*")
        .output()
        .lines()
        .filter(line -> line.contains(mark))
        .toList();
  }

  private List<String> found(String... test) {
    List<String> line =
        new ArrayList<>(List.of("find", camp.data().toString(), camp.results().toString()));
    line.addAll(List.of(test));
    return Shell.tried(line.toArray(String[]::new))
        .output()
        .lines()
        .filter(it -> it.startsWith("/"))
        .toList();
  }

  /// Anybody may make the device 0:0, which is none.
  private List<String> devices() {
    return Shell.tried(
            "find",
            camp.data().toString(),
            camp.results().toString(),
            "-type",
            "b,c",
            "-exec",
            "stat",
            "-c",
            "/%t:%T %n",
            "{}",
            "+")
        .output()
        .lines()
        .filter(it -> it.startsWith("/") && !it.startsWith("/0:0 "))
        .toList();
  }

  private List<String> secrets() {
    return Shell.tried(
            "grep",
            "-rlaF",
            "--devices=skip",
            camp.secret(),
            camp.results().toString(),
            camp.data().resolve("artifacts").toString(),
            camp.data().resolve("logs").toString())
        .output()
        .lines()
        .filter(it -> it.startsWith("/"))
        .toList();
  }

  private List<String> tooMuch() {
    var said = Shell.tried("du", "-sm", camp.data().toString()).output();
    var mib =
        said.lines()
            .filter(it -> it.matches("\\d+\\s.*"))
            .map(it -> it.split("\\s", 2)[0])
            .findFirst();
    if (mib.isEmpty()) {
      ledger.add(
          machine.label(),
          "host-disk-size",
          "A step is bounded in what it takes of the disk.",
          new Untried("du: " + said));
      return List.of();
    }
    var many = Long.parseLong(mib.get());
    return many > DATA_MIB_MAX ? List.of(many + " MiB") : List.of();
  }
}
