package dev.muster.e2e.escape;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Who runs Muster, and what there is to confine a step with.
enum Machine {
  BUBBLEWRAP_ROOT(true, false, "sandbox bubblewrap root cgroup"),
  BUBBLEWRAP_USER(true, true, "sandbox bubblewrap user"),
  UTIL_LINUX_ROOT(false, false, "sandbox util-linux root cgroup"),
  UTIL_LINUX_USER(false, true, "sandbox util-linux user"),
  NO_CGROUP_ROOT(true, false, "sandbox bubblewrap root"),
  NO_SANDBOX_ROOT(false, false, "none root cgroup"),
  NO_SANDBOX_USER(false, true, "none user");

  /// Whoever has no rights and perhaps no account.
  static final int NOBODY = 65_534;

  private static final String HIDE_BUBBLEWRAP =
      "if it=$(command -v bwrap); then mount --bind /dev/null \"$(readlink -f \"$it\")\" || exit;"
          + " fi\n";
  private static final String CLOSE_CGROUPS =
      "for it in $(awk '$3 ~ /^cgroup/ {print $2}' /proc/mounts); do"
          + " mount -o remount,bind,ro \"$it\" || exit; done\n";

  private final boolean bubblewrap;
  private final boolean user;
  private final String traits;

  Machine(boolean bubblewrap, boolean user, String traits) {
    this.bubblewrap = bubblewrap;
    this.user = user;
    this.traits = " " + traits + " ";
  }

  /// Where scenes are tried: what `-Descape.machine` names, such as `util-linux-user`.
  static Machine ofScenes() {
    var label = System.getProperty("escape.machine", BUBBLEWRAP_ROOT.label());
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean sandboxed() {
    return offers(List.of("sandbox"));
  }

  boolean user() {
    return user;
  }

  /// Whether a probe that asks for these has a place here.
  boolean offers(List<String> wanted) {
    return wanted.stream().allMatch(it -> traits.contains(" " + it + " "));
  }

  /// Why it cannot be had where this test runs; empty when it can.
  String problem() {
    if (!root() && (!user || bubblewrap != found("bwrap"))) {
      return label() + " takes root to make";
    }
    if (sandboxed() && bubblewrap && !found("bwrap")) return "bubblewrap is not installed";
    if (this == NO_CGROUP_ROOT && !Files.isDirectory(Path.of("/sys/fs/cgroup"))) {
      return "there are no cgroups to take away";
    }
    return "";
  }

  /// What a command line begins with there.
  List<String> prefix() {
    if (!root()) return List.of();
    List<String> line = new ArrayList<>();
    var take = bubblewrap ? "" : HIDE_BUBBLEWRAP;
    if (this == NO_CGROUP_ROOT) take += CLOSE_CGROUPS;
    if (!take.isEmpty()) {
      line.addAll(List.of("unshare", "--mount", "--propagation", "private", "bash", "-c"));
      line.addAll(List.of(take + "exec \"$@\"", "_"));
    }
    if (user) {
      line.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    return line;
  }

  static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  static boolean found(String program) {
    for (var folder : List.of("/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin")) {
      if (Files.isExecutable(Path.of(folder, program))) return true;
    }
    return false;
  }
}
