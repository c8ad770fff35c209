package dev.muster.orchestrator.engine.approval;

import dev.muster.orchestrator.journal.tail.SnapshotSerializer;
import dev.muster.protocol.approval.ApprovalPolicy;
import dev.muster.protocol.approval.Bypasses.Bypass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// What a gate remembers, without what follows from its entries. Pure.
///
/// @param entries in the order in which they were requested
/// @param bypasses null in snapshots of before there were any
record GateSnapshot(
    ApprovalPolicy policy,
    Duration waitMax,
    List<GateEntry> entries,
    Map<String, String> identities,
    @Nullable List<Bypass> bypasses) {
  /// Named in `reference.conf`.
  static final class Serializer extends SnapshotSerializer {
    Serializer() {
      super(7403, "gate-1", GateSnapshot.class);
    }
  }

  static final SnapshotAdapter<GateState> ADAPTER =
      new SnapshotAdapter<>() {
        @Override
        public Object toJournal(GateState state) {
          return GateSnapshot.of(state);
        }

        @Override
        public GateState fromJournal(Object snapshot) {
          return ((GateSnapshot) snapshot).restored();
        }
      };

  static GateSnapshot of(GateState gate) {
    return new GateSnapshot(
        gate.policy(),
        gate.waitMax(),
        List.copyOf(gate.entries().values()),
        gate.identities(),
        List.copyOf(gate.bypasses().values()));
  }

  GateState restored() {
    var gate = GateState.EMPTY;
    for (var entry : entries) gate = gate.add(entry);
    PMap<String, Bypass> passing = HashTreePMap.empty();
    for (var bypass : bypasses == null ? List.<Bypass>of() : bypasses) {
      passing = passing.plus(bypass.kind(), bypass);
    }
    return new GateState(
        policy,
        waitMax,
        gate.entries(),
        gate.latest(),
        HashTreePMap.from(identities),
        gate.undecided(),
        passing);
  }
}
