package dev.muster.node.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The arguments of bubblewrap (bwrap(1)) for one job: an empty root, into which comes only what
/// the job names and what programs need to start.
///
/// @param program of bubblewrap
/// @param isolation how the namespaces are made on this host
/// @param accounts folder with the `passwd` and `group` that scripts see
/// @param dataFolder masked wherever it would be visible
record BwrapProfile(
    Path program, Isolation isolation, SandboxLimits limits, Path accounts, Path dataFolder) {
  static final Path ROOT = Path.of("/muster");
  static final Path WORK = ROOT.resolve("work");
  static final Path INPUTS = ROOT.resolve("inputs");
  static final Path SCRIPT = ROOT.resolve("script");

  private static final List<String> SYSTEM =
      List.of("bin", "sbin", "lib", "lib64", "lib32", "libx32");

  /// What common programs read to start: the linker's cache, alternatives, name service, time zone,
  /// certificates (never `/etc/ssl/private`).
  private static final List<String> ETC =
      List.of(
          "ld.so.cache",
          "ld.so.conf",
          "ld.so.conf.d",
          "alternatives",
          "nsswitch.conf",
          "localtime",
          "timezone",
          "protocols",
          "services",
          "mime.types",
          "magic",
          "ssl/certs",
          "ssl/openssl.cnf",
          "ca-certificates",
          "pki/tls/certs",
          "pki/ca-trust/extracted",
          "terminfo",
          "inputrc",
          "gitattributes",
          "fonts",
          "perl",
          "python3");

  /// Whether the job's script becomes another user. With a permit to write elsewhere it stays who
  /// it is, because those places belong to the operator.
  boolean switchesUser(Job job) {
    return isolation == Isolation.ANOTHER_USER && job.writes().isEmpty();
  }

  List<String> command(Job job, List<String> inside) throws IOException {
    var line = new ArrayList<String>();
    line.add(program.toString());
    line.addAll(isolation.arguments(switchesUser(job)));
    add(line, "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try");
    if (!job.network()) line.add("--unshare-net");
    add(line, "--hostname", "muster", "--new-session", "--die-with-parent");
    system(line, job.network());
    surroundings(line, job);
    mask(line, job);
    workspace(line, job);
    add(
        line,
        "--remount-ro",
        "/",
        "--chdir",
        (job.startsInTarget() ? job.target() : WORK).toString());
    line.add("--");
    line.addAll(inside);
    return line;
  }

  private void system(List<String> line, boolean network) throws IOException {
    readOnly(line, Path.of("/usr"));
    for (var name : SYSTEM) {
      var folder = Path.of("/", name);
      if (Files.isSymbolicLink(folder)) {
        add(line, "--symlink", Files.readSymbolicLink(folder).toString(), folder.toString());
      } else if (Files.isDirectory(folder)) {
        readOnly(line, folder);
      }
    }
    add(line, "--dir", "/etc");
    var etc = new ArrayList<>(ETC);
    if (network) etc.addAll(List.of("resolv.conf", "hosts", "host.conf", "gai.conf"));
    for (var name : etc) readOnly(line, Path.of("/etc", name));
    try (var java = Files.newDirectoryStream(Path.of("/etc"), "java*")) {
      for (var folder : java) readOnly(line, folder);
    }
    add(line, "--ro-bind", accounts.resolve("passwd").toString(), "/etc/passwd");
    add(line, "--ro-bind", accounts.resolve("group").toString(), "/etc/group");
    var size = Long.toString(limits.tmpBytesMax());
    // Root without capabilities may still write `/proc/sys` and `/proc/sysrq-trigger`, which belong
    // to the host, and bubblewrap covers them only when it runs outside a user namespace.
    add(line, "--proc", "/proc", "--remount-ro", "/proc", "--dev", "/dev");
    add(line, "--size", size, "--tmpfs", "/dev/shm");
    add(line, "--remount-ro", "/dev", "--perms", "1777", "--size", size, "--tmpfs", "/tmp");
  }

  /// A link such as `/etc/localtime` is bound as the file it leads to.
  private static void readOnly(List<String> line, Path path) {
    if (Files.exists(path)) add(line, "--ro-bind", path.toString(), path.toString());
  }

  private void surroundings(List<String> line, Job job) {
    openWays(line, job);
    add(line, "--ro-bind", job.targetContent().toString(), job.target().toString());
    for (var path : job.reads()) readOnly(line, path);
    job.writes().stream()
        .sorted(Comparator.comparingInt(Path::getNameCount))
        .forEach(path -> add(line, "--bind", path.toString(), path.toString()));
  }

  /// Bubblewrap keeps the folders above its mounts to itself, which shuts another user out.
  private void openWays(List<String> line, Job job) {
    if (!switchesUser(job)) return;
    var ways = new TreeSet<Path>(Comparator.comparingInt(Path::getNameCount).thenComparing(p -> p));
    ways.add(ROOT);
    for (var path : Stream.concat(Stream.of(job.target()), job.reads().stream()).toList()) {
      for (var way = path.getParent(); way != null; way = way.getParent()) {
        if (way.getNameCount() > 0) ways.add(way);
      }
    }
    for (var way : ways) add(line, "--perms", "0755", "--dir", way.toString());
  }

  /// Covers what lies inside anything that was just made visible. What does not exist cannot be
  /// covered; run creation makes the data and results folders before the first worker starts.
  private void mask(List<String> line, Job job) throws IOException {
    for (var real : outermost(visible(job))) {
      if (Files.isDirectory(real)) {
        add(line, "--perms", "0555", "--size", "4096", "--tmpfs", real.toString());
        add(line, "--remount-ro", real.toString());
      } else {
        add(line, "--ro-bind", "/dev/null", real.toString());
      }
    }
  }

  private Set<Path> visible(Job job) throws IOException {
    var visible = new TreeSet<Path>();
    for (var path : Stream.concat(job.hidden().stream(), Stream.of(dataFolder)).toList()) {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) continue;
      var real = path.toRealPath();
      if (ofThisHost(job).anyMatch(real::startsWith)) visible.add(real);
    }
    return visible;
  }

  /// A folder inside one that is covered is covered with it, and nothing can be made in its cover:
  /// the data of a node may lie inside those of its orchestrator.
  private static List<Path> outermost(Set<Path> all) {
    return all.stream()
        .filter(
            path -> all.stream().noneMatch(other -> !other.equals(path) && path.startsWith(other)))
        .toList();
  }

  /// What is visible of this host and might contain what is hidden. A copy of a target does not: it
  /// was made without.
  private static Stream<Path> ofThisHost(Job job) {
    var permitted = Stream.concat(job.reads().stream(), job.writes().stream());
    return job.seesCopy() ? permitted : Stream.concat(Stream.of(job.target()), permitted);
  }

  private static void workspace(List<String> line, Job job) {
    add(line, "--dir", ROOT.toString());
    add(
        line,
        job.startsInTarget() ? "--ro-bind" : "--bind",
        job.work().toString(),
        WORK.toString());
    add(line, "--ro-bind", job.inputs().toString(), INPUTS.toString());
    add(line, "--ro-bind", job.script().toString(), SCRIPT.toString());
  }

  private static void add(List<String> line, String... arguments) {
    line.addAll(List.of(arguments));
  }
}
