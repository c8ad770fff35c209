package dev.muster.orchestrator.view;

import dev.muster.protocol.approval.ApprovalEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Approvals of all gates, each gate read as far as it was written when it is asked for.
public final class GateViews {
  private static final int GATES_MAX = 200;

  private final JournalReader journal;
  private final Map<String, Gate> gates =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Gate> eldest) {
          return size() > GATES_MAX;
        }
      };

  public GateViews(JournalReader journal) {
    this.journal = journal;
  }

  private static final class Gate {
    private final GateProjection projection;
    private long number;

    Gate(String gate) {
      this.projection = new GateProjection(gate);
    }
  }

  /// In the order they were asked for; empty for a gate that was never asked.
  ///
  /// @param gate a run's id, or `outside`
  public synchronized List<Approval> of(String gate) {
    return upToDate(gate).list();
  }

  public synchronized @Nullable Approval find(String gate, String approval) {
    return upToDate(gate).find(approval);
  }

  /// Of outside callers, and of the newest 200 runs that ever asked, the newest first.
  public synchronized List<Approval> all() {
    var all = new ArrayList<Approval>();
    journal.gates(GATES_MAX).forEach(gate -> all.addAll(of(gate)));
    return all;
  }

  private GateProjection upToDate(String id) {
    var gate = gates.computeIfAbsent(id, Gate::new);
    for (var rows = read(id, gate); !rows.isEmpty(); rows = read(id, gate)) {
      for (var row : rows) {
        if (row.event() instanceof ApprovalEvent event) gate.projection.apply(event);
        gate.number = row.number();
      }
    }
    return gate.projection;
  }

  private List<JournalRow> read(String id, Gate gate) {
    return journal.of(Origin.gate(id), gate.number, 1_000);
  }
}
