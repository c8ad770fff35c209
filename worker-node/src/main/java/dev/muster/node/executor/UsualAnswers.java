package dev.muster.node.executor;

import dev.muster.protocol.instruction.Risk;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Which kinds of operations the gate of a run let pass when it was last asked from this node. It
/// allows nothing: it tells where a sandbox is likely to be of use before the answer is there.
final class UsualAnswers {
  private static final int KEPT_MAX = 1_000;

  private final SequencedMap<Kind, Boolean> passed = new LinkedHashMap<>();

  private record Kind(String run, String kind, Risk risk) {}

  synchronized void heard(String run, String kind, Risk risk, boolean passes) {
    passed.putLast(new Kind(run, kind, risk), passes);
    if (passed.size() > KEPT_MAX) passed.pollFirstEntry();
  }

  synchronized boolean mayPass(String run, String kind, Risk risk) {
    return passed.getOrDefault(new Kind(run, kind, risk), false);
  }
}
