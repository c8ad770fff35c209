package dev.muster.node.executor;

import dev.muster.protocol.approval.OperationRequest;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Which kinds of operations the gate of a run let pass when it was last asked from this node. It
/// allows nothing: it tells where a sandbox is likely to be of use before the answer is there.
final class UsualAnswers {
  private static final int KEPT_MAX = 1_000;

  private final SequencedMap<Kind, Boolean> passed = new LinkedHashMap<>();

  private record Kind(String run, String kind, String risk) {
    static Kind of(String run, OperationRequest operation) {
      return new Kind(run, operation.kind(), operation.risk().name());
    }
  }

  synchronized void heard(String run, OperationRequest operation, boolean passes) {
    passed.putLast(Kind.of(run, operation), passes);
    if (passed.size() > KEPT_MAX) passed.pollFirstEntry();
  }

  synchronized boolean mayPass(String run, OperationRequest operation) {
    return passed.getOrDefault(Kind.of(run, operation), false);
  }
}
