package dev.muster.cli.verb;

import dev.muster.cli.verb.HostChecks.Check;
import dev.muster.cli.verb.HostChecks.State;
import dev.muster.host.settings.Setting;
import dev.muster.host.settings.Settings;
import dev.muster.node.headroom.HostLoad;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Whether work would be held on this host as it is now, and which setting would hold it.
final class LoadChecks {
  private static final Duration WATCHED = Duration.ofSeconds(1);

  /// On fewer, one busy neighbour is half of the machine.
  private static final int CORES_MIN = 4;

  /// This near to a limit a little more work reaches it.
  private static final double NEAR_POINTS = 10;

  private static final String NO_PROC = "let this user read /proc and the data folder's disk";

  private final Settings settings;

  LoadChecks(Settings settings) {
    this.settings = settings;
  }

  List<Check> all() {
    var folder = settings.data().toAbsolutePath();
    while (!Files.isDirectory(folder)) {
      var parent = folder.getParent();
      if (parent == null) return List.of();
      folder = parent;
    }
    try {
      return judge(HostLoad.over(WATCHED, folder));
    } catch (UncheckedIOException e) {
      return List.of(
          new Check("load", State.WARN, "cannot be measured: " + e.getMessage(), NO_PROC));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  List<Check> judge(HostLoad load) {
    var limits = settings.headroom();
    var checks = new ArrayList<Check>();
    checks.add(processors(load, limits.cpuPercent()));
    checks.add(
        fullness(
            "memory",
            load.memoryPercent(),
            limits.memoryPercent(),
            Setting.MEMORY_PERCENT,
            "end what needs it"));
    checks.add(
        fullness(
            "disk",
            load.diskPercent(),
            limits.diskPercent(),
            Setting.DISK_PERCENT,
            "free some space"));
    return checks;
  }

  private static Check processors(HostLoad load, double limit) {
    var found =
        String.format(
            Locale.ROOT, "%d, others use %.0f %% of them", load.cores(), load.cpuPercent());
    var raise = raise(Setting.CPU_PERCENT, limit);
    if (limit < 100 && load.cpuPercent() >= limit) {
      return new Check(
          "processors", State.WARN, found, "work would be held now: wait, end them, or " + raise);
    }
    if (load.cores() < CORES_MIN && limit < 100) {
      return new Check(
          "processors",
          State.WARN,
          found,
          "on a machine this small a build or two beside Muster hold its work for as long as they"
              + " run; if they shall not, "
              + raise);
    }
    return new Check("processors", State.OK, found, "");
  }

  private static Check fullness(
      String what, double used, double limit, Setting setting, String remedy) {
    var found = String.format(Locale.ROOT, "%.0f %% in use", used);
    if (limit >= 100 || used < limit - NEAR_POINTS) return new Check(what, State.OK, found, "");
    var when = used >= limit ? "work would be held now" : "a little more and work is held";
    return new Check(
        what, State.WARN, found, when + ": " + remedy + ", or " + raise(setting, limit));
  }

  private static String raise(Setting setting, double limit) {
    return String.format(
        Locale.ROOT,
        "set %s (now %.0f; 100 is no limit), such as %s=100 in the environment",
        setting.key(),
        limit,
        setting.variable());
  }
}
