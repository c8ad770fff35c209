package dev.muster.orchestrator.app;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who is to be brought back after a start or a loss, a few at a time: each of hundreds reads its
/// journal and its plan, and whoever asks about one run would wait for all of them. Pure.
final class WakeLine {
  static final int AT_ONCE_MAX = 3;

  /// @param remind whether workers may have been lost with a node
  record Turn(String run, boolean remind) {}

  private final Map<String, Boolean> waiting = new LinkedHashMap<>();
  private final Set<String> underWay = new HashSet<>();
  private final Set<String> awake = new HashSet<>();

  /// @param open runs that somebody must carry on, the first to be woken first
  /// @param remind whether those that were awake may have gone with a node
  void found(List<String> open, boolean remind) {
    if (remind) awake.clear();
    awake.retainAll(Set.copyOf(open));
    for (var run : open) {
      if (!awake.contains(run)) waiting.merge(run, remind, Boolean::logicalOr);
    }
  }

  /// Whose turn it is now; each of them is to be followed by [#woken].
  List<Turn> next() {
    var turns = new ArrayList<Turn>();
    for (var it = waiting.entrySet().iterator(); it.hasNext() && underWay.size() < AT_ONCE_MAX; ) {
      var next = it.next();
      if (!underWay.add(next.getKey())) continue;
      turns.add(new Turn(next.getKey(), next.getValue()));
      it.remove();
    }
    return turns;
  }

  /// It has answered, or was waited for long enough.
  void woken(String run) {
    underWay.remove(run);
    awake.add(run);
  }

  /// Those that have been woken, and need no turn to be told so again.
  List<String> awake() {
    return List.copyOf(awake);
  }
}
