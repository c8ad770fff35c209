package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.engine.plan.Plan.Conflict;
import dev.muster.orchestrator.engine.plan.WriteScopes;
import dev.muster.orchestrator.readside.table.RunViews;
import java.util.List;

/// Where several workers of one wave of a run may write. Whoever decides looks at one operation
/// after the other, and each time at the plan of 20,000 workers that cannot have changed: it is
/// looked at once, for a few runs.
public final class SharedScopes {
  private static final int KEPT_MAX = 16;

  private final RunViews views;
  private final RunLookup lookup;
  private final Shared<Of, List<Conflict>> kept = new Shared<>(KEPT_MAX);

  /// @param number of the event that last changed the plan
  private record Of(String run, long number) {}

  public SharedScopes(RunViews views, RunLookup lookup) {
    this.views = views;
    this.lookup = lookup;
  }

  public List<Conflict> of(String run) {
    return kept.get(
        new Of(run, views.planNumber(run)), () -> WriteScopes.shared(lookup.plan(run).workers()));
  }
}
