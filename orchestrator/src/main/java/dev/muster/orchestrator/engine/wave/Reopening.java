package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.run.RunEvent.WorkersReopened;
import dev.muster.protocol.run.RunPlan.Planned;
import dev.muster.protocol.run.SubWorkerId;
import dev.muster.protocol.worker.WorkerPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whom a retry opens again: what failed or was cancelled, what has another text now, and whoever
/// rests on those. Pure.
///
/// One that had completed says so again without being run when its text and its inputs turn out to
/// be what they were.
final class Reopening {
  private final Carried state;
  private final List<String> named;
  private final boolean takesTexts;
  private final List<Planned> texts;
  private final Set<String> affected = new LinkedHashSet<>();

  /// @param named whom it concerns; empty means all
  /// @param offered new texts, as far as they are new
  Reopening(Carried state, List<String> named, List<Planned> offered) {
    this.state = state;
    // Whoever was asked for goes again only when the one that asked does.
    this.named = named.stream().map(SubWorkerId::root).distinct().toList();
    this.takesTexts = !offered.isEmpty();
    this.texts = offered.stream().filter(this::isNew).toList();
    var changed = texts.stream().map(Planned::id).toList();
    affected.addAll(changed);
    affected.addAll(state.dependencies().dependentsOf(changed));
  }

  private boolean isNew(Planned text) {
    var member = state.members().get(text.id());
    return member != null
        && !member.planned().instructionDigest().equals(text.instructionDigest())
        && (named.isEmpty() || named.contains(text.id()));
  }

  /// Why it cannot be, or null.
  @Nullable String refusal() {
    for (var worker : affected) {
      if (state.member(worker).underWay()) {
        return "Expected nothing under way that has a new text or rests on one, but %s is: wait for it, or cancel it first."
            .formatted(worker);
      }
    }
    for (var worker : workers()) {
      for (var below : state.subs().below(worker)) {
        if (!state.member(below).settled()) {
          return "Expected nothing under way below %s, but %s is still ending: wait for it."
              .formatted(worker, below);
        }
      }
    }
    if (!texts.isEmpty() || !workers().isEmpty()) return null;
    return "Expected failed or cancelled workers to retry%s, but %s has none%s."
        .formatted(
            takesTexts ? ", or new texts" : "",
            state.run(),
            named.isEmpty() ? "" : " among those named");
  }

  WorkersReopened event(String by, Instant at) {
    return new WorkersReopened(workers(), by, at, texts);
  }

  private List<String> workers() {
    var reopened = new LinkedHashSet<String>();
    state
        .lost()
        .filter(m -> m.phase() == WorkerPhase.FAILED || m.phase() == WorkerPhase.CANCELLED)
        .map(member -> SubWorkerId.root(member.id()))
        .filter(id -> state.member(id).settled())
        .filter(id -> named.isEmpty() || named.contains(id))
        .forEach(reopened::add);
    affected.stream().filter(id -> state.member(id).settled()).forEach(reopened::add);
    state.dependencies().dependentsOf(List.copyOf(reopened)).stream()
        .filter(id -> state.member(id).phase() == WorkerPhase.BLOCKED)
        .forEach(reopened::add);
    return new ArrayList<>(reopened);
  }
}
