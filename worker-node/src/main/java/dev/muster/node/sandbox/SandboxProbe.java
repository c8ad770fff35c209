package dev.muster.node.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the best sandbox that works on this host, by really using it once: an installed bubblewrap
/// says nothing about what the kernel or a container around us lets it do.
public final class SandboxProbe {
  private static final Duration PROBE_MAX = Duration.ofSeconds(10);

  private final SandboxLimits limits;
  private final Path dataFolder;
  private final boolean wantsCgroups;

  /// @param dataFolder of this node, which no script ever sees
  public SandboxProbe(SandboxLimits limits, Path dataFolder) {
    this(limits, dataFolder, true);
  }

  /// @param wantsCgroups false to do as if the host had none that can be written
  SandboxProbe(SandboxLimits limits, Path dataFolder, boolean wantsCgroups) {
    this.limits = limits;
    this.wantsCgroups = wantsCgroups;
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
      return new PlainSandbox(limits, cgroups, records, "sandbox = off");
    }
    var problem = new StringBuilder();
    var bubblewrap = bubblewrap(cgroups, problem);
    if (bubblewrap != null) return bubblewrap;
    if (mode == SandboxMode.PREFER) {
      return new PlainSandbox(limits, cgroups, records, problem.toString());
    }
    if (cgroups != null) cgroups.close();
    throw new SandboxUnavailableException(problem.toString());
  }

  private @Nullable Sandbox bubblewrap(@Nullable Cgroups cgroups, StringBuilder problem)
      throws IOException, InterruptedException {
    var program = Launch.program("bwrap");
    if (program == null) {
      problem.append("no bwrap was found on ").append(Launch.PATH);
      return null;
    }
    var accounts = accounts();
    for (var isolation : Isolation.candidates(OtherUser.possible(), cgroups != null)) {
      var profile = new BwrapProfile(program, isolation, limits, accounts, dataFolder);
      var sandbox = new BubblewrapSandbox(profile, limits, cgroups);
      problem.setLength(0);
      if (works(sandbox, problem)) return sandbox;
    }
    return null;
  }

  private boolean works(Sandbox sandbox, StringBuilder problem)
      throws IOException, InterruptedException {
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
      if (ended.exitCode() == 0) return true;
      problem.append("bwrap failed with exit ").append(ended.exitCode()).append(": ");
      problem.append(printed.toString(StandardCharsets.UTF_8).strip());
      return false;
    } catch (IOException e) {
      problem.append(e.getMessage());
      return false;
    } finally {
      for (var name : List.of("probe.sh", "work", "inputs", "target")) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.deleteIfExists(folder);
    }
  }

  /// Scripts see one user and one group, and not who else has an account here.
  private Path accounts() throws IOException {
    var folder = Files.createDirectories(dataFolder.resolve("sandbox"));
    Files.writeString(
        folder.resolve("passwd"),
        """
        root:x:0:0:root:/tmp:/bin/sh
        muster:x:1000:1000:muster:/tmp:/bin/bash
        nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
        """);
    Files.writeString(folder.resolve("group"), "root:x:0:\nmuster:x:1000:\nnogroup:x:65534:\n");
    return folder;
  }
}
