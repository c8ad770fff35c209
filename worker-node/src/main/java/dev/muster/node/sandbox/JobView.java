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
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one job sees: an empty root, into which comes only what the job names and what programs
/// need to start.
final class JobView {
  static final Path ROOT = Path.of("/muster");
  static final Path WORK = ROOT.resolve("work");
  static final Path INPUTS = ROOT.resolve("inputs");
  static final Path SCRIPT = ROOT.resolve("script");
  static final Path GATEWAY = ROOT.resolve("gateway");
  static final Path PYTHON = ROOT.resolve("python");
  static final Path DEVICES = Path.of("/dev");
  static final List<String> DEVICE_NAMES =
      List.of("null", "zero", "full", "random", "urandom", "tty");

  /// Lists the keys of whoever runs this node.
  private static final List<Path> KEYS = List.of(Path.of("/proc/keys"), Path.of("/proc/key-users"));

  private static final List<String> SYSTEM =
      List.of("bin", "sbin", "lib", "lib64", "lib32", "libx32");

  private final @Nullable SeenEtc etc;

  /// What of the host is seen in there, itself or as a copy.
  private final List<Path> laid = new ArrayList<>();

  private final List<Mount> mounts = new ArrayList<>();

  /// @param accounts folder with the `passwd` and `group` that scripts see, and an empty file
  /// @param dataFolder masked wherever it would be visible
  /// @param etc what it sees there, in one folder; null when it is put together here
  static List<Mount> of(
      Job job, SandboxLimits limits, Path accounts, Path dataFolder, @Nullable SeenEtc etc)
      throws IOException {
    var view = new JobView(etc);
    view.system();
    view.etc(job.network(), accounts);
    view.add(new Mount.Processes(Path.of("/proc")));
    view.add(new Mount.Devices(DEVICES));
    view.add(new Mount.Temporary(DEVICES.resolve("shm"), limits.tmpBytesMax()));
    view.add(new Mount.Temporary(Path.of("/tmp"), limits.tmpBytesMax()));
    for (var path : limits.environments()) view.readOnly(path);
    view.surroundings(job);
    view.cover(job, accounts.resolve("empty"), dataFolder);
    view.add(new Mount.Folder(ROOT));
    view.add(new Bind(WORK, job.work(), !job.startsInTarget()));
    view.add(new Bind(INPUTS, job.inputs(), false));
    if (job.proves()) view.add(new Bind(PYTHON, accounts.resolve("python"), false));
    view.add(new Bind(SCRIPT, job.script(), false));
    var gateway = job.gateway();
    if (gateway != null) view.add(new Bind(GATEWAY, gateway, false));
    for (var path : limits.paths()) view.alsoAt(path);
    return view.manyLast();
  }

  /// Bubblewrap reads the whole table of mounts for each that it makes, so that the many of `/etc`
  /// come after all others. What lies in there keeps its order.
  private List<Mount> manyLast() {
    Predicate<Mount> many = mount -> mount.at().startsWith(SystemFiles.ETC);
    return Stream.concat(mounts.stream().filter(Predicate.not(many)), mounts.stream().filter(many))
        .toList();
  }

  static Path startFolder(Job job) {
    return job.startsInTarget() ? job.target() : WORK;
  }

  /// Instructions name paths of the machine they were written on. What is there anyway stays.
  private void alsoAt(Path path) {
    if (mounts.stream().anyMatch(it -> it.at().startsWith(path) || path.startsWith(it.at()))) {
      return;
    }
    add(new Mount.Link(path, WORK.toString()));
  }

  private void system() throws IOException {
    readOnly(Path.of("/usr"));
    for (var name : SYSTEM) {
      var folder = Path.of("/", name);
      if (Files.isSymbolicLink(folder)) {
        add(new Mount.Link(folder, Files.readSymbolicLink(folder).toString()));
      } else if (Files.isDirectory(folder)) {
        readOnly(folder);
      }
    }
  }

  private void etc(boolean network, Path accounts) throws IOException {
    if (etc != null) {
      add(new Bind(SystemFiles.ETC, etc.folder(), false));
      laid.addAll(SystemFiles.here(network));
      for (var path : etc.toLay()) readOnly(path);
      return;
    }
    add(new Mount.Folder(SystemFiles.ETC));
    for (var file : SystemFiles.here(network)) readOnly(file);
    for (var name : List.of("passwd", "group")) {
      add(new Bind(SystemFiles.ETC.resolve(name), accounts.resolve(name), false));
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

  /// What may be written is the host's own, also where the rest of the target is a copy.
  private static boolean isFolder(Job job, Path seen) {
    var there =
        job.seesCopy()
            && seen.startsWith(job.target())
            && job.writes().stream().noneMatch(seen::startsWith);
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
    var mounted =
        mounts.stream()
            .filter(mount -> mount instanceof Bind bind && bind.at().equals(bind.from()))
            .map(Mount::at);
    return Stream.concat(mounted, laid.stream());
  }

  private JobView(@Nullable SeenEtc etc) {
    this.etc = etc;
  }
}
