package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Environments of languages that somebody has prepared.
@ResourceLock(SandboxFixture.ALONE)
class PreparedTest {
  private static final String PROGRAM = "#!/bin/sh\necho the prepared one\n";

  @TempDir Path folder;

  /// A venv whose `python3` tells itself from the system's, with modules of node.
  private Path prepared() throws Exception {
    var root = Files.createDirectories(folder.toRealPath().resolve("prepared"));
    Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(root.resolve("node_modules/left"));
    Files.writeString(root.resolve("pyvenv.cfg"), "home = /usr/bin\n");
    var program = Files.writeString(root.resolve("bin/python3"), PROGRAM);
    // Steps are another user's.
    for (var it : List.of(program, root.resolve("bin"), root, folder.toRealPath())) {
      Files.setPosixFilePermissions(it, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return root;
  }

  @ParameterizedTest
  @EnumSource(names = {"BUBBLEWRAP", "UTIL_LINUX"})
  @NeedsSandbox
  void aStepFindsThemBeforeTheSystemsAndCannotChangeThem(SandboxKind kind) throws Exception {
    var root = prepared();
    var data = Files.createDirectories(folder.toRealPath().resolve("data"));
    var work = Files.createDirectories(data.resolve("workspaces/r/W/attempt-1/work"));
    var inputs = Files.createDirectories(work.resolveSibling("inputs"));
    var scratch = Files.createDirectories(work.resolveSibling("tmp"));
    var target = Files.createDirectories(folder.toRealPath().resolve("target"));
    var script = work.resolveSibling("script.sh");
    Files.writeString(
        script,
        """
        python3
        echo "$VIRTUAL_ENV $NODE_PATH"
        ls "$NODE_PATH"
        if echo bad > %1$s/bin/python3 || touch %1$s/new; then echo CHANGED; fi
        """
            .formatted(root));
    var usual = SandboxFixture.LIMITS;
    var limits =
        new SandboxLimits(
            usual.memoryBytes(),
            usual.processesMax(),
            usual.fileBytesMax(),
            usual.tmpBytesMax(),
            usual.outputKeptBytes(),
            usual.outputBytesMax(),
            usual.workspaceBytesMax(),
            usual.workspaceEntriesMax(),
            List.of(),
            List.of(root));
    var job =
        Job.plain(
            new Job.Names(SandboxFixture.RUN, "WORKER_001", 1),
            work,
            inputs,
            scratch,
            target,
            List.of());
    var kept = new ByteArrayOutputStream();
    var probe = new SandboxProbe(limits, data, true, EnumSet.of(kind));
    try (var sandbox = probe.open(SandboxMode.REQUIRE)) {
      sandbox.run(job.running(script, Duration.ofSeconds(30)), new Capture(kept, limits));
    } catch (SandboxUnavailableException e) {
      Assumptions.abort(e.why());
    }
    assertThat(kept.toString(StandardCharsets.UTF_8))
        .contains("the prepared one", root + " " + root + "/node_modules", "left")
        .doesNotContain("CHANGED");
    assertThat(root.resolve("bin/python3")).hasContent(PROGRAM);
  }

  @Test
  void theFirstThatHasItWinsAndTheSystemsComesLast() throws Exception {
    var root = prepared();
    var other = Files.createDirectories(folder.resolve("other/node_modules/.bin"));
    var variables = Environments.variables(List.of(root, folder.resolve("other")));
    assertThat(variables.get("PATH")).isEqualTo(root + "/bin:" + other + ":" + Launch.PATH);
    assertThat(variables.get("NODE_PATH")).isEqualTo(root + "/node_modules:" + other.getParent());
    assertThat(Environments.variables(List.of())).containsOnlyKeys("PATH");
  }
}
