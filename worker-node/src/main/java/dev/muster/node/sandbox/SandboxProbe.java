package dev.muster.node.sandbox;

import dev.muster.node.sandbox.kernel.Machine;
import dev.muster.node.sandbox.kernel.SeccompFilter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the best sandbox that works on this host, by really using it once: programs that are
/// installed say nothing about what the kernel or a container around us lets them do.
public final class SandboxProbe {
  private static final Duration PROBE_MAX = Duration.ofSeconds(10);

  private final SandboxLimits limits;
  private final Path dataFolder;
  private final boolean wantsCgroups;
  private final Set<SandboxKind> kinds;

  /// @param dataFolder of this node, which no script ever sees
  public SandboxProbe(SandboxLimits limits, Path dataFolder) {
    this(limits, dataFolder, true, EnumSet.allOf(SandboxKind.class));
  }

  /// @param wantsCgroups false to do as if the host had none that can be written
  /// @param kinds to do as if the host had no others
  SandboxProbe(
      SandboxLimits limits, Path dataFolder, boolean wantsCgroups, Set<SandboxKind> kinds) {
    this.limits = limits;
    this.wantsCgroups = wantsCgroups;
    this.kinds = kinds;
    this.dataFolder = dataFolder.toAbsolutePath().normalize();
  }

  /// Opens the sandbox, once per JVM and data folder, and ends what an earlier JVM left running.
  ///
  /// @throws SandboxUnavailableException when it is required and does not work
  public Sandbox open(SandboxMode mode) throws IOException, InterruptedException {
    var records = new ProcessRecords(dataFolder);
    records.reap();
    var cgroups = wantsCgroups ? Cgroups.find() : null;
    if (mode == SandboxMode.OFF) {
      return new PlainSandbox(limits, cgroups, records, python(accounts()), "sandbox = off");
    }
    // Of each the last word: with what it can do least, it failed, too.
    var problems = new EnumMap<SandboxKind, String>(SandboxKind.class);
    for (var confinement : candidates(cgroups != null, problems)) {
      var sandbox = new NamespaceSandbox(confinement, limits, cgroups);
      var problem = problem(sandbox);
      if (problem == null) return sandbox;
      sandbox.giveUp();
      problems.put(sandbox.kind(), problem);
    }
    var why = String.join("; ", problems.values());
    if (mode == SandboxMode.PREFER)
      return new PlainSandbox(limits, cgroups, records, python(accounts()), why);
    if (cgroups != null) cgroups.close();
    throw new SandboxUnavailableException(why);
  }

  /// Which to try, best first.
  private List<Confinement> candidates(boolean cgroups, Map<SandboxKind, String> problems)
      throws IOException {
    var accounts = accounts();
    var isolations = Isolation.candidates(OtherUser.possible());
    var candidates = new ArrayList<Confinement>();
    var filter = filter(accounts, cgroups);
    var program = kinds.contains(SandboxKind.BUBBLEWRAP) ? Launch.program("bwrap") : null;
    if (program == null) {
      problems.put(SandboxKind.BUBBLEWRAP, "no bwrap was found on " + Launch.PATH);
    } else {
      for (var isolation : isolations) {
        candidates.add(new BwrapProfile(program, isolation, filter, limits, accounts, dataFolder));
      }
    }
    if (!kinds.contains(SandboxKind.UTIL_LINUX)) return candidates;
    var missing = UtilLinuxProfile.missing();
    if (missing != null) {
      problems.put(SandboxKind.UTIL_LINUX, "no " + missing + " was found on " + Launch.PATH);
      return candidates;
    }
    UtilLinuxStart.clean(accounts);
    var late = SyscallFilter.here(cgroups);
    for (var isolation : isolations) {
      for (var loopback : Loopback.candidates(OtherUser.possible())) {
        candidates.add(
            new UtilLinuxProfile(isolation, loopback, late, limits, accounts, dataFolder));
      }
    }
    return candidates;
  }

  /// Null when it works.
  private @Nullable String problem(Sandbox sandbox) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory(dataFolder, "probe-");
    try {
      var script = Files.writeString(folder.resolve("probe.sh"), "test $$ -gt 0\n");
      var work = Files.createDirectory(folder.resolve("work"));
      var inputs = Files.createDirectory(folder.resolve("inputs"));
      var target = Files.createDirectory(folder.resolve("target"));
      var job =
          Job.plain(new Job.Names("probe", "probe", 1), work, inputs, work, target, List.of())
              .running(script, PROBE_MAX);
      var printed = new ByteArrayOutputStream();
      var ended = sandbox.run(job, new Capture(printed, limits));
      if (ended.exitCode() == 0) return null;
      return "%s failed with exit %d: %s"
          .formatted(
              sandbox.kind().word(),
              ended.exitCode(),
              printed.toString(StandardCharsets.UTF_8).strip().replaceAll("\\s+", " "));
    } catch (IOException e) {
      return sandbox.kind().word() + ": " + e.getMessage();
    } finally {
      for (var name : List.of("probe.sh", "work", "inputs", "target")) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.deleteIfExists(folder);
    }
  }

  /// For bubblewrap; null when none is known for this kind of machine.
  private static @Nullable Path filter(Path accounts, boolean cgroups) throws IOException {
    var machine = Machine.here();
    if (machine == null) return null;
    return Files.write(accounts.resolve("filter"), SeccompFilter.of(machine, cgroups));
  }

  /// Scripts see one user, whoever they are, and not who else has an account here. Programs that
  /// find no account of their own end.
  private Path accounts() throws IOException {
    var folder = Files.createDirectories(dataFolder.resolve("sandbox"));
    legible(
        folder.resolve("passwd"),
        """
        root:x:0:0:root:/tmp:/bin/sh
        muster:x:1000:1000:muster:/tmp:/bin/bash
        nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
        """
            + OtherUser.accounts());
    legible(folder.resolve("empty"), "");
    var python = Files.createDirectories(python(folder));
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
    legible(python.resolve("sitecustomize.py"), ProofSwitches.SITE);
    legible(folder.resolve("group"), "root:x:0:\nmuster:x:1000:\nnogroup:x:65534:\n");
    return folder;
  }

  private static Path python(Path accounts) {
    return accounts.resolve("python");
  }

  /// To any user, whatever the umask is.
  private static void legible(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }
}
