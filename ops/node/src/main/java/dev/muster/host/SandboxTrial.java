package dev.muster.host;

import dev.muster.node.sandbox.SandboxKind;
import dev.muster.node.sandbox.SandboxLimits;
import dev.muster.node.sandbox.SandboxMode;
import dev.muster.node.sandbox.SandboxProbe;
import dev.muster.node.sandbox.SandboxUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Which sandbox a node would have here, found as a node finds it: by using it once.
///
/// @param words how it confines, or what was tried and did not work
public record SandboxTrial(SandboxKind kind, String words) {
  /// Leaves nothing behind.
  public static SandboxTrial run() throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("muster-doctor-");
    try (var sandbox = new SandboxProbe(SandboxLimits.DEFAULT, folder).open(SandboxMode.REQUIRE)) {
      return new SandboxTrial(sandbox.kind(), sandbox.describe());
    } catch (SandboxUnavailableException e) {
      return new SandboxTrial(SandboxKind.NONE, e.why());
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
    }
  }
}
