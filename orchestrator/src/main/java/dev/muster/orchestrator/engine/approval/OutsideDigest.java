package dev.muster.orchestrator.engine.approval;

import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.proof.Sha256;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The digest of an operation of a caller that is no worker: over every word that whoever decides
/// is shown. Nobody chooses it, or two different operations could share one decision.
public final class OutsideDigest {
  private OutsideDigest() {}

  /// @param hint tells two requests with the same words apart
  public static String of(
      String caller,
      String kind,
      Risk risk,
      String consequence,
      String script,
      List<String> targets,
      @Nullable String hint) {
    var text = new StringBuilder("outside");
    for (var part : List.of(caller, kind, risk.name(), consequence, script)) add(part, text);
    targets.forEach(target -> add(target, text));
    if (hint != null) add(hint, text.append(" hint"));
    return Sha256.of(text.toString());
  }

  /// Length first, so that no two lists of texts run together.
  private static void add(String part, StringBuilder to) {
    to.append(' ').append(part.length()).append(':').append(part);
  }
}
