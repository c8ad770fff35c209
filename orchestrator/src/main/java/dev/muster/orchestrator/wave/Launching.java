package dev.muster.orchestrator.wave;

import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.instruction.Risk;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The release of a whole wave as something that is asked for. Pure.
final class Launching {
  private Launching() {}

  /// What the gate is asked when a wave plan wants approval before a wave.
  static OperationRequest request(Carried state, int wave) {
    var progress = state.waves().get(wave);
    if (progress == null) throw new IllegalStateException("no wave " + wave);
    var consequence =
        "Wave %d (%s) of %s begins: %d workers are released."
            .formatted(
                wave, progress.wave().name(), state.created().plan().workforce(), progress.total());
    return new OperationRequest(
        "wave " + wave,
        wave,
        sha256(state.run() + "\n" + consequence),
        0,
        "wave_release",
        Risk.ADMIN,
        consequence,
        "",
        List.of(),
        false,
        state.created().settings().folder(),
        null);
  }

  /// Why a wave cannot be launched by hand, or null.
  static @Nullable String refusal(Carried state, int wave, Headroom headroom) {
    var progress = state.waves().get(wave);
    if (progress == null) {
      return "Expected a wave of %s, one of %s, but found %d."
          .formatted(state.run(), state.waves().keySet(), wave);
    }
    if (progress.released()) {
      return "Expected a wave that is held, but wave %d was released at %s."
          .formatted(wave, progress.releasedAt());
    }
    for (var earlier : state.waves().headMap(wave).values()) {
      if (!earlier.isSettled()) {
        return "Expected every wave before %d to have settled, but wave %d has %d workers that have not."
            .formatted(wave, earlier.wave().number(), earlier.unsettled());
      }
    }
    if (!headroom.open()) {
      return "Expected headroom for wave %d, but %s."
          .formatted(wave, String.join("; ", headroom.reasons()));
    }
    return null;
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
