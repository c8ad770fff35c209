package dev.muster.node.executor;

import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Artifact;
import java.util.Comparator;

/// What an attempt begins its work from, as one digest: while it is the same, what an earlier
/// attempt has frozen can be gone on with.
final class Basis {
  private Basis() {}

  /// Without a sandbox every try is to do everything again: it begins from the try, too.
  static String of(Executor.Execute request, boolean isolates) {
    var text = new StringBuilder(request.assignment().instructionDigest());
    request.assignment().inputs().stream()
        .sorted(Comparator.comparing(Artifact::path))
        .forEach(input ->
            text.append('\n')
                .append(input.sha256())
                .append(input.executable() ? 'x' : '-')
                .append(input.path().replace("\n", "\\n")));
    text.append('\n').append(isolates ? "sandboxed" : request.epoch() + "/" + request.tries());
    return Sha256.of(text.toString());
  }
}
