package dev.muster.node.sandbox;

import dev.muster.node.sandbox.Mount.Bind;
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

/// What one job sees: an empty root, into which comes only what the job names and what programs
/// need to start.
final class JobView {
  static final Path ROOT = Path.of("/muster");
  static final Path WORK = ROOT.resolve("work");
  static final Path INPUTS = ROOT.resolve("inputs");
  static final Path SCRIPT = ROOT.resolve("script");
  static final Path PYTHON = ROOT.resolve("python");
  static final Path DEVICES = Path.of("/dev");
  static final List<String> DEVICE_NAMES =
      List.of("null", "zero", "full", "random", "urandom", "tty");

  /// Lists the keys of whoever runs this node.
  private static final List<Path> KEYS = List.of(Path.of("/proc/keys"), Path.of("/proc/key-users"));

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

  private static final List<String> ETC_OF_THE_NETWORK =
      List.of("resolv.conf", "hosts", "host.conf", "gai.conf");

  private final List<Mount> mounts = new ArrayList<>();

  /// @param accounts folder with the `passwd` and `group` that scripts see, and an empty file
  /// @param dataFolder masked wherever it would be visible
  static List<Mount> of(Job job, SandboxLimits limits, Path accounts, Path dataFolder)
      throws IOException {
    var view = new JobView();
    view.system(job.network());
    view.add(new Bind(Path.of("/etc/passwd"), accounts.resolve("passwd"), false));
    view.add(new Bind(Path.of("/etc/group"), accounts.resolve("group"), false));
    view.add(new Mount.Processes(Path.of("/proc")));
    view.add(new Mount.Devices(DEVICES));
    view.add(new Mount.Temporary(DEVICES.resolve("shm"), limits.tmpBytesMax()));
    view.add(new Mount.Temporary(Path.of("/tmp"), limits.tmpBytesMax()));
    view.surroundings(job);
    view.cover(job, accounts.resolve("empty"), dataFolder);
    view.add(new Mount.Folder(ROOT));
    view.add(new Bind(WORK, job.work(), !job.startsInTarget()));
    view.add(new Bind(INPUTS, job.inputs(), false));
    if (job.proves()) view.add(new Bind(PYTHON, accounts.resolve("python"), false));
    view.add(new Bind(SCRIPT, job.script(), false));
    return List.copyOf(view.mounts);
  }

  static Path startFolder(Job job) {
    return job.startsInTarget() ? job.target() : WORK;
  }

  private void system(boolean network) throws IOException {
    readOnly(Path.of("/usr"));
    for (var name : SYSTEM) {
      var folder = Path.of("/", name);
      if (Files.isSymbolicLink(folder)) {
        add(new Mount.Link(folder, Files.readSymbolicLink(folder).toString()));
      } else if (Files.isDirectory(folder)) {
        readOnly(folder);
      }
    }
    add(new Mount.Folder(Path.of("/etc")));
    for (var name : ETC) readOnly(Path.of("/etc", name));
    if (network) for (var name : ETC_OF_THE_NETWORK) readOnly(Path.of("/etc", name));
    try (var java = Files.newDirectoryStream(Path.of("/etc"), "java*")) {
      for (var folder : java) readOnly(folder);
    }
  }

  private void surroundings(Job job) throws IOException {
    add(new Bind(job.target(), job.targetContent(), false));
    for (var path : job.reads()) readOnly(path);
    job.writes().stream()
        .sorted(Comparator.comparingInt(Path::getNameCount))
        .forEach(path -> add(new Bind(path, path, true)));
    for (var mount : mounts) {
      if (mount.at().getNameCount() == 0)
        throw new IOException("the root of this host cannot be shown in a sandbox");
    }
  }

  /// A link such as `/etc/localtime` is bound as the file it leads to.
  private void readOnly(Path path) {
    if (Files.exists(path)) add(new Bind(path, path, false));
  }

  /// What would be covered by this is left away.
  private void add(Mount mount) {
    mounts.removeIf(earlier -> earlier.at().startsWith(mount.at()));
    mounts.add(mount);
  }

  /// What must not be seen wherever it lies, also below `/usr`.
  private void cover(Job job, Path empty, Path dataFolder) throws IOException {
    for (var name : KEYS) {
      if (Files.exists(name)) add(new Bind(name, empty, false));
    }
    var hidden = visible(job, dataFolder);
    for (var place : places(job)) {
      var seen = place.at();
      for (var found : TargetScan.of(place.from()).found()) {
        hidden.add(seen.resolve(place.from().relativize(found)));
      }
    }
    for (var path : outermost(hidden)) {
      add(isFolder(job, path) ? new Mount.Cover(path) : new Bind(path, empty, false));
    }
  }

  /// What a job names, which others may have put anything into.
  private List<Bind> places(Job job) {
    return mounts.stream()
        .filter(Bind.class::isInstance)
        .map(Bind.class::cast)
        .filter(bind ->
            bind.at().equals(job.target())
                || job.reads().contains(bind.at())
                || job.writes().contains(bind.at()))
        .toList();
  }

  private static boolean isFolder(Job job, Path seen) {
    var there = job.seesCopy() && seen.startsWith(job.target());
    return Files.isDirectory(
        there ? job.targetContent().resolve(job.target().relativize(seen)) : seen,
        LinkOption.NOFOLLOW_LINKS);
  }

  /// What does not exist cannot be covered; run creation makes the data and results folders before
  /// the first worker starts.
  private Set<Path> visible(Job job, Path dataFolder) throws IOException {
    var visible = new TreeSet<Path>();
    for (var path : Stream.concat(job.hidden().stream(), Stream.of(dataFolder)).toList()) {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) continue;
      var real = path.toRealPath();
      if (ofThisHost().anyMatch(real::startsWith)) visible.add(real);
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

  /// What is visible of this host at its own place, and might contain what is hidden. A copy of a
  /// target does not: it was made without.
  private Stream<Path> ofThisHost() {
    return mounts.stream()
        .filter(mount -> mount instanceof Bind bind && bind.at().equals(bind.from()))
        .map(Mount::at);
  }

  private JobView() {}
}
