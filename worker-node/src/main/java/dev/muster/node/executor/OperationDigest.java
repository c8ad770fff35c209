package dev.muster.node.executor;

import dev.muster.node.workspace.Digests;
import dev.muster.node.workspace.Snapshots;
import dev.muster.protocol.instruction.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;

/// What makes an operation the same one: kind, exact script, what it may write, whether it reaches
/// the network, and the content of the workspace files it declares. Paths are relative to the
/// target and the workspace, so that the digest is the same in the next attempt.
final class OperationDigest {
  private final MessageDigest digest = Digests.sha256();

  static String of(Operation operation, String script, Path work) throws IOException {
    var digest = new OperationDigest();
    digest.add("operation").add(operation.kind()).add(script);
    digest.add(operation.network() ? "network" : "no network");
    digest.add(operation.writes().size());
    operation.writes().forEach(digest::add);
    if (!operation.secrets().isEmpty()) {
      digest.add("secrets").add(operation.secrets().size());
      operation.secrets().forEach(digest::add);
    }
    for (var input : operation.inputs()) {
      var files = Snapshots.take(work, input);
      digest.add(input).add(files.size());
      for (var file : files) {
        digest.add(file.path()).add(file.sha256()).add(file.executable() ? "x" : "-");
      }
    }
    return Digests.hex(digest.digest);
  }

  /// A script that runs without a sandbox. What it does to its workspace must be done again in the
  /// next attempt, so that one needs a permit of its own.
  static String ofUnsandboxed(String script, int attempt) {
    return Digests.hex(new OperationDigest().add("unsandboxed").add(script).add(attempt).digest);
  }

  /// Length first, so that no two lists of texts run together to the same bytes.
  private OperationDigest add(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
    return this;
  }

  private OperationDigest add(int number) {
    for (var shift = 24; shift >= 0; shift -= 8) digest.update((byte) (number >> shift));
    return this;
  }

  private OperationDigest() {}
}
