package dev.muster.orchestrator.engine.wave;

import dev.muster.orchestrator.engine.wave.Ruling.AlreadySo;
import dev.muster.orchestrator.engine.wave.Ruling.Granted;
import dev.muster.orchestrator.engine.wave.Ruling.Refused;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.run.RunCommand.Cancel;
import dev.muster.protocol.run.RunCommand.Create;
import dev.muster.protocol.run.RunCommand.Describe;
import dev.muster.protocol.run.RunCommand.LaunchWave;
import dev.muster.protocol.run.RunCommand.Pause;
import dev.muster.protocol.run.RunCommand.ReportResults;
import dev.muster.protocol.run.RunCommand.Request;
import dev.muster.protocol.run.RunCommand.Resume;
import dev.muster.protocol.run.RunCommand.Retry;
import dev.muster.protocol.run.RunCommand.Tag;
import dev.muster.protocol.run.RunEvent;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import dev.muster.protocol.run.RunEvent.RunPaused;
import dev.muster.protocol.run.RunEvent.RunResumed;
import dev.muster.protocol.run.RunEvent.RunTagged;
import dev.muster.protocol.run.RunEvent.WaveGateDecided;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Rules on what operators want of a run. Pure.
final class Steering {
  private Steering() {}

  /// @param headroom only a launch needs some
  static Ruling rule(Carried state, Request request, Supplier<Headroom> headroom, Instant at) {
    return switch (request) {
      case Create _, Describe _ -> new AlreadySo();
      case Pause pause -> pause(state, pause, at);
      case Resume resume -> resume(state, resume, at);
      case Cancel cancel -> cancel(state, cancel, at);
      case Tag tag -> new Granted(new RunTagged(tag.add(), tag.remove(), tag.by(), at));
      case Retry retry -> retry(state, retry, at);
      case ReportResults results -> new Granted(results.report().at(at));
      case LaunchWave launch -> launch(state, launch, headroom.get(), at);
    };
  }

  private static Ruling pause(Carried state, Pause pause, Instant at) {
    var no = refusal(state, pause.workers());
    if (no == null && pause.workers().isEmpty() && state.paused()) return new AlreadySo();
    return ruling(no, new RunPaused(trees(state, pause.workers()), pause.by(), at));
  }

  private static Ruling resume(Carried state, Resume resume, Instant at) {
    var no = refusal(state, resume.workers());
    if (no == null && state.wishes().nobodyIsPaused()) return new AlreadySo();
    return ruling(no, new RunResumed(trees(state, resume.workers()), resume.by(), at));
  }

  private static Ruling cancel(Carried state, Cancel cancel, Instant at) {
    var no = refusal(state, cancel.workers());
    return ruling(no, new RunCancelled(trees(state, cancel.workers()), cancel.by(), at));
  }

  /// With everybody below them.
  private static List<String> trees(Carried state, List<String> workers) {
    if (state.subs().isEmpty()) return workers;
    var all = new LinkedHashSet<>(workers);
    workers.forEach(worker -> all.addAll(state.subs().below(worker)));
    return all.stream().filter(state.members()::containsKey).toList();
  }

  /// Retrying also goes for a run that has ended: it goes on again.
  private static Ruling retry(Carried state, Retry retry, Instant at) {
    var no = unknownWorker(state, retry.workers());
    var reopening = new Reopening(state, retry.workers(), retry.texts());
    if (no == null) no = reopening.refusal();
    return ruling(no, reopening.event(retry.by(), at));
  }

  private static Ruling launch(Carried state, LaunchWave launch, Headroom headroom, Instant at) {
    var no = refusal(state, List.of());
    if (no == null) no = Launching.refusal(state, launch.wave(), headroom);
    var by = "launched by " + launch.by();
    return ruling(no, new WaveGateDecided(launch.wave(), Decision.APPROVED, by, at, launch.by()));
  }

  private static Ruling ruling(@Nullable String no, RunEvent event) {
    return no == null ? new Granted(event) : new Refused(no);
  }

  private static @Nullable String refusal(Carried state, List<String> workers) {
    if (state.finish() != null) {
      return "Expected a run that goes on, but %s is %s."
          .formatted(state.run(), state.finish().phase());
    }
    return unknownWorker(state, workers);
  }

  private static @Nullable String unknownWorker(Carried state, List<String> workers) {
    for (var worker : workers) {
      if (!state.members().containsKey(worker)) {
        return "Expected workers of %s, but it has no %s.".formatted(state.run(), worker);
      }
    }
    return null;
  }
}
