package dev.muster.node.executor;

import dev.muster.node.workspace.OperationContent;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.proof.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// What makes an operation the same one. Its identity is what it says: kind, exact script, what it
/// may write and read, whether it reaches the network. Its digest is that and everything it meets:
/// the folders themselves and the content of all it can read.
final class OperationDigest {
  private final MessageDigest digest = Sha256.digest();

  static String identity(Operation operation, String script) {
    var digest = new OperationDigest();
    digest.add("operation").add(operation.kind()).add(script);
    digest.add(operation.network() ? "network" : "no network");
    digest.addAll(operation.writes()).addAll(operation.inputs()).addAll(operation.reads());
    if (!operation.secrets().isEmpty()) digest.add("secrets").addAll(operation.secrets());
    return Sha256.hex(digest.digest);
  }

  /// A script that runs without a sandbox. What it does to its workspace must be done again in the
  /// next try, so that one needs leave of its own.
  static String unsandboxed(String script, String basis, int round) {
    return Sha256.hex(
        new OperationDigest().add("unsandboxed").add(script).add(basis).add(round).digest);
  }

  static String of(String identity, OperationContent content) {
    var digest = new OperationDigest().add(identity);
    digest.add(content.work().digest()).add(content.inputs().digest());
    digest.add(content.seen().name()).add(content.target().digest());
    if (content.seen() == OperationContent.Seen.SEALED) digest.add(content.why());
    content.written().forEach((folder, tree) -> digest.add(folder).add(tree.digest()));
    content.real().forEach((folder, key) -> digest.add(folder).add(key));
    return Sha256.hex(digest.digest);
  }

  private OperationDigest addAll(Iterable<String> texts) {
    var count = 0;
    for (var text : texts) {
      add(text);
      count++;
    }
    return add(count);
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
