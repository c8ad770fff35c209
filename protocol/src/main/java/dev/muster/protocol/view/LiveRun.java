package dev.muster.protocol.view;

import dev.muster.protocol.run.RunStatus;
import dev.muster.protocol.run.RunStatus.HeldFor;
import dev.muster.protocol.view.RunView.Headroom;
import dev.muster.protocol.view.RunView.Retrospectives;
import dev.muster.protocol.view.RunView.Wave;
import dev.muster.protocol.view.RunView.Workers;

/// A run as its supervisor has it at this moment, over what the journal's readers say of it.
///
/// The supervisor knows what holds the run now, and it is ahead of the readers by the time of a
/// commit: where both speak, it is right.
final class LiveRun {
  private LiveRun() {}

  static RunView of(RunView read, RunStatus status) {
    var end = status.finishedAt();
    var all = status.counts().total() + read.scope().leftOut().total();
    return new RunView(
        read.id(),
        read.workforce(),
        status.phase(),
        true,
        read.startedAt(),
        read.startedBy(),
        end,
        end == null ? read.durationSeconds() : Seconds.between(read.startedAt(), end, end),
        read.waitedSeconds(),
        status.resumes(),
        read.settings(),
        workers(read.workers(), status.counts()),
        status.waves().stream().map(wave -> wave(read, wave)).toList(),
        status.holds(),
        read.approvals(),
        new Retrospectives(status.retrospectives()),
        RunView.thousandths(status.counts().completed(), all),
        read.testPassRate(),
        new Headroom(status.headroomSamples(), status.headroomClosedSeconds()),
        read.scope(),
        read.results(),
        read.sandbox(),
        read.spend(),
        read.deleting());
  }

  private static Workers workers(Workers read, RunStatus.Counts counts) {
    return new Workers(
        counts.total(),
        counts.completed(),
        counts.failed(),
        counts.blocked(),
        counts.cancelled(),
        counts.held(),
        counts.waiting(),
        counts.rehearsed(),
        counts.running(),
        read.weak(),
        read.refused());
  }

  private static Wave wave(RunView read, RunStatus.Wave wave) {
    var known = read.waves().stream().filter(it -> it.wave() == wave.wave()).findFirst();
    return new Wave(
        wave.wave(),
        wave.name(),
        wave.total(),
        wave.completed(),
        Math.min(known.map(Wave::weak).orElse(0), wave.completed()),
        Math.min(known.map(Wave::carriedOver).orElse(0), wave.completed()),
        wave.settled(),
        wave.releasedAt(),
        known.map(Wave::launchedBy).orElse(null),
        wave.settledAt(),
        known.map(Wave::waitedSeconds).orElse(0.0),
        wave.holds().stream().map(hold -> new HeldFor(hold.reason(), hold.seconds())).toList(),
        known.map(Wave::spend).orElse(Spend.Sum.NONE));
  }
}
