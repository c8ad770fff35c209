package dev.muster.orchestrator.engine.wave;

import java.util.Collection;
import java.util.List;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/// What operators want of a run and of single workers. Pure.
///
/// @param paused the run as a whole
/// @param pausedWorkers paused one by one, while the run itself goes on
/// @param cancelled the run as a whole
record Wishes(boolean paused, PSet<String> pausedWorkers, boolean cancelled) {
  static final Wishes NONE = new Wishes(false, HashTreePSet.empty(), false);

  boolean nobodyIsPaused() {
    return !paused && pausedWorkers.isEmpty();
  }

  boolean pauses(String worker) {
    return paused || pausedWorkers.contains(worker);
  }

  /// @param workers empty means the whole run
  Wishes pause(List<String> workers) {
    return new Wishes(paused || workers.isEmpty(), pausedWorkers.plusAll(workers), cancelled);
  }

  Wishes resume(List<String> workers) {
    return workers.isEmpty()
        ? new Wishes(false, HashTreePSet.empty(), cancelled)
        : new Wishes(paused, pausedWorkers.minusAll(workers), cancelled);
  }

  /// @param run cancels all of it, so that nothing is left to be paused
  Wishes cancel(Collection<String> workers, boolean run) {
    return new Wishes(paused && !run, pausedWorkers.minusAll(workers), cancelled || run);
  }

  Wishes reopen() {
    return new Wishes(paused, pausedWorkers, false);
  }
}
