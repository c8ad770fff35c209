package dev.muster.orchestrator.engine.approval;

import dev.muster.orchestrator.journal.tail.SnapshotSerializer;
import dev.muster.protocol.approval.ApprovalPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.pcollections.HashTreePMap;

/// What a gate remembers, without what follows from its entries. Pure.
///
/// @param entries in the order in which they were requested
record GateSnapshot(
    ApprovalPolicy policy,
    Duration waitMax,
    List<GateEntry> entries,
    Map<String, String> identities) {
  /// Named in `reference.conf`.
  static final class Serializer extends SnapshotSerializer {
    Serializer() {
      super(7403, "gate-1", GateSnapshot.class);
    }
  }

  static GateSnapshot of(GateState gate) {
    return new GateSnapshot(
        gate.policy(), gate.waitMax(), List.copyOf(gate.entries().values()), gate.identities());
  }

  GateState restored() {
    var gate = GateState.EMPTY;
    for (var entry : entries) gate = gate.add(entry);
    return new GateState(
        policy,
        waitMax,
        gate.entries(),
        gate.latest(),
        HashTreePMap.from(identities),
        gate.undecided());
  }
}
