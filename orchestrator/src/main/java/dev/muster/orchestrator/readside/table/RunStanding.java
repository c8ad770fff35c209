package dev.muster.orchestrator.readside.table;

import dev.muster.protocol.run.RunPhase;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether one run goes on, and how long nobody of it has worked: somebody is waited for while it
/// is paused, while an approval is asked, and from its end until it is reopened. It is kept as its
/// fields are.
final class RunStanding {
  private IdleTime idle = new IdleTime();
  private boolean paused;
  private @Nullable RunPhase finished;
  private @Nullable Instant finishedAt;
  private Duration idleAtFinish = Duration.ZERO;

  void pause(boolean wanted, Instant at) {
    if (paused != wanted) idle.waits(wanted ? 1 : -1, at);
    paused = wanted;
  }

  void finish(RunPhase phase, Instant at) {
    if (finished == null) idle.waits(1, at);
    idleAtFinish = idle.until(at);
    finished = phase;
    finishedAt = at;
  }

  void reopen(Instant at) {
    if (finished != null) idle.waits(-1, at);
    finished = null;
    finishedAt = null;
  }

  void asked(Instant at) {
    idle.waits(1, at);
  }

  void decided(Instant at) {
    idle.waits(-1, at);
  }

  void busy(int more, Instant at) {
    idle.busy(more, at);
  }

  /// Null while it goes on.
  @Nullable Instant finishedAt() {
    return finishedAt;
  }

  /// How long nobody has worked by then; of a run that has ended, until its end.
  Duration idle(Instant now) {
    return finishedAt == null ? idle.until(now) : idleAtFinish;
  }

  /// HELD is nowhere in the journal: nothing runs, and a decision is all that can change that.
  ///
  /// @param pending approvals that nobody has decided
  /// @param running workers that are under way
  RunPhase phase(int pending, int running) {
    if (finished != null) return finished;
    if (paused) return RunPhase.PAUSED;
    return pending > 0 && running == 0 ? RunPhase.HELD : RunPhase.RUNNING;
  }
}
