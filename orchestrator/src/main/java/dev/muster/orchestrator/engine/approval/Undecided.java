package dev.muster.orchestrator.engine.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/// What waits for a decision, found by its deadline and by who asks, so that nobody looks through
/// all of it. Pure.
///
/// @param byDeadline the first first
record Undecided(PSortedSet<Due> byDeadline, PMap<String, PSet<String>> byAsker) {
  static final Undecided NONE = new Undecided(TreePSet.empty(), HashTreePMap.empty());

  record Due(Instant deadline, String approval) implements Comparable<Due> {
    private static final Comparator<Due> ORDER =
        Comparator.comparing(Due::deadline).thenComparing(Due::approval);

    @Override
    public int compareTo(Due other) {
      return ORDER.compare(this, other);
    }
  }

  int size() {
    return byDeadline.size();
  }

  Undecided plus(GateEntry entry) {
    var asker = entry.operation().worker();
    var those = byAsker.getOrDefault(asker, HashTreePSet.empty()).plus(entry.id());
    return new Undecided(byDeadline.plus(due(entry)), byAsker.plus(asker, those));
  }

  Undecided minus(GateEntry entry) {
    var asker = entry.operation().worker();
    var those = byAsker.getOrDefault(asker, HashTreePSet.empty()).minus(entry.id());
    return new Undecided(
        byDeadline.minus(due(entry)),
        those.isEmpty() ? byAsker.minus(asker) : byAsker.plus(asker, those));
  }

  List<String> all() {
    return byDeadline.stream().map(Due::approval).toList();
  }

  List<String> of(Collection<String> askers) {
    var found = new ArrayList<String>();
    for (var asker : askers) found.addAll(byAsker.getOrDefault(asker, HashTreePSet.empty()));
    return found;
  }

  /// Looks at those only, and at one more.
  List<String> overdue(Instant now) {
    return byDeadline.stream()
        .takeWhile(due -> !due.deadline().isAfter(now))
        .map(Due::approval)
        .toList();
  }

  private static Due due(GateEntry entry) {
    return new Due(entry.deadline(), entry.id());
  }
}
