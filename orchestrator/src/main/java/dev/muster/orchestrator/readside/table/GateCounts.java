package dev.muster.orchestrator.readside.table;

import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.view.RunView;
import java.util.EnumMap;

/// Approvals of one gate, counted by what became of them.
final class GateCounts {
  private int requested;
  private EnumMap<Decision, Integer> decided = new EnumMap<>(Decision.class);

  void requested() {
    requested++;
  }

  void decided(Decision decision) {
    decided.merge(decision, 1, Integer::sum);
  }

  int pending() {
    return requested - decided.values().stream().mapToInt(Integer::intValue).sum();
  }

  RunView.Approvals view() {
    return new RunView.Approvals(
        requested,
        of(Decision.APPROVED),
        of(Decision.AUTO_APPROVED),
        of(Decision.REJECTED),
        of(Decision.EXPIRED),
        of(Decision.CLOSED),
        pending());
  }

  private int of(Decision decision) {
    return decided.getOrDefault(decision, 0);
  }
}
