package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.run.RunCommand.GateAnswered;
import dev.muster.protocol.run.RunCommand.WaveDecided;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.WaveGateDecided;
import dev.muster.protocol.run.RunEvent.WaveGateRequested;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The release of a wave as something that is asked for, and what follows from the answer. Pure.
final class WaveGates {
  private WaveGates() {}

  /// What the gate is asked when a wave plan wants approval before a wave.
  static OperationRequest request(Carried state, int wave) {
    var progress = state.waves().get(wave);
    if (progress == null) throw new IllegalStateException("no wave " + wave);
    var consequence =
        "Wave %d (%s) of %s begins: %d workers are released."
            .formatted(wave, progress.wave().name(), state.plan().workforce(), progress.total());
    return new OperationRequest(
        asker(wave),
        wave,
        Sha256.of(state.run() + "\n" + consequence),
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

  /// The gate has taken the request, and may have decided it at once. An answer that did not come
  /// is asked for again at the next look; one that comes after a launch by hand is too late.
  static List<RunEvent> answered(Carried state, GateAnswered it, Instant at) {
    var wave = it.wave();
    var approval = it.approval();
    var progress = state.waves().get(wave);
    if (approval == null || progress == null || !progress.gate().equals(WaveGate.UNASKED)) {
      return List.of();
    }
    var requested = new WaveGateRequested(wave, approval.id(), at);
    if (approval.decision() == null) return List.of(requested);
    var reason = String.valueOf(approval.reason());
    return List.of(requested, new WaveGateDecided(wave, approval.decision(), reason, at));
  }

  /// A decision is told again and again; it counts once, and only for the approval that was asked.
  static List<RunEvent> decided(Carried state, WaveDecided it, Instant at) {
    if (it.decision() == Decision.CLOSED) return List.of(); // by this run itself
    return undecided(state)
        .filter(wave -> it.approval().equals(wave.gate().approval()))
        .<RunEvent>map(wave -> new WaveGateDecided(wave.number(), it.decision(), it.reason(), at))
        .toList();
  }

  /// Waves whose release is decided here, whatever their approval says.
  static List<WaveProgress> decidedAndOpen(Carried state) {
    return state.waves().values().stream()
        .filter(wave -> wave.wave().approval() && !wave.isSettled())
        .filter(wave -> wave.gate().decision() != null)
        .toList();
  }

  /// How the approval names who asks.
  static String asker(int wave) {
    return "wave " + wave;
  }

  /// Approvals whose decision has not been heard.
  static List<String> awaited(Carried state) {
    return undecided(state).map(wave -> wave.gate().approval()).filter(Objects::nonNull).toList();
  }

  private static Stream<WaveProgress> undecided(Carried state) {
    return state.waves().values().stream().filter(wave -> wave.gate().decision() == null);
  }
}
