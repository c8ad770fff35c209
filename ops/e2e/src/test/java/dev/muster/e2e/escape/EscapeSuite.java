package dev.muster.e2e.escape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.escape.Outcome.Untried;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every attack on every machine there is here; held must be tried.
///
/// `-Descape.modes=bubblewrap-root,api` chooses machines and groups of scenes (`scenes` is all of
/// them), `-Descape.only=REGEX` attacks by name.
class EscapeSuite {
  @Test
  void whatIsTriedIsHeld() throws Exception {
    var ledger = new Ledger();
    var modes = System.getProperty("escape.modes", "");
    try (var kit = Kit.open()) {
      for (var machine : Machine.values()) {
        if (chosen(modes, machine.label())) probes(kit, machine, ledger);
      }
      new SceneRun(kit, ledger, only()).tryAll(mode -> chosen(modes, mode));
    }
    var report = ledger.report();
    System.out.println(report);
    Files.writeString(Path.of("target", "escape.txt"), report);
    assertThat(ledger.tried()).as("attacks that were tried").isPositive();
    assertThat(ledger.held()).as(report).isEqualTo(ledger.tried());
  }

  private static boolean chosen(String modes, String mode) {
    return modes.isEmpty() || Arrays.asList(modes.split(",", -1)).contains(mode);
  }

  private static String only() {
    return System.getProperty("escape.only", ".*");
  }

  private static void probes(Kit kit, Machine machine, Ledger ledger) throws Exception {
    List<Probe> probes =
        Probes.all().stream()
            .filter(it -> machine.offers(it.where()) && it.name().matches(only()))
            .toList();
    if (probes.isEmpty()) return;
    if (!machine.problem().isEmpty()) {
      for (var it : probes) {
        ledger.add(machine.label(), it.name(), it.promise(), new Untried(machine.problem()));
      }
      return;
    }
    var started = System.nanoTime();
    try (var camp = new Camp(kit, machine, machine.label())) {
      new ProbeRun(machine, camp, ledger).tryAll(probes);
    }
    System.out.printf(
        "%s: %d probes in %d s%n",
        machine.label(), probes.size(), (System.nanoTime() - started) / 1_000_000_000);
  }
}
