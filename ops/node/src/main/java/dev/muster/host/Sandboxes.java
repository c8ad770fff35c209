package dev.muster.host;

import dev.muster.host.settings.Settings;
import dev.muster.node.sandbox.Sandbox;
import dev.muster.node.sandbox.SandboxLimits;
import dev.muster.node.sandbox.SandboxMode;
import dev.muster.node.sandbox.SandboxProbe;
import dev.muster.protocol.view.RunView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Opens the sandbox that the settings ask for and the host can give.
record Sandboxes(Settings settings, Path data) {
  Sandbox open() {
    try {
      return new SandboxProbe(limits(), data).open(mode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the sandbox was tried", e);
    }
  }

  /// The sandbox once it is open; a refusal is thrown as it was, without the future around it.
  static Sandbox joined(CompletableFuture<Sandbox> sandbox) {
    try {
      return sandbox.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw e;
    }
  }

  /// What every run says of it.
  static RunView.Sandbox view(Sandbox sandbox) {
    return new RunView.Sandbox(
        sandbox.describe(),
        sandbox.isolates()
            ? null
            : sandbox.describe() + ". Every command above READ_ONLY waits for your approval.");
  }

  SandboxLimits limits() {
    var usual = SandboxLimits.DEFAULT;
    return new SandboxLimits(
        settings.worker().memoryMaxBytes(),
        settings.worker().processesMax(),
        usual.fileBytesMax(),
        usual.tmpBytesMax(),
        usual.outputKeptBytes(),
        usual.outputBytesMax(),
        settings.worker().workspaceMaxBytes(),
        settings.worker().filesMax(),
        settings.worker().paths(),
        settings.worker().environments());
  }

  private SandboxMode mode() {
    return switch (settings.sandbox()) {
      case PREFER -> SandboxMode.PREFER;
      case REQUIRE -> SandboxMode.REQUIRE;
      case OFF -> SandboxMode.OFF;
    };
  }
}
