package dev.muster.e2e.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Judges a cluster by what it left behind: its journal, read with plain SQL, and what its workers'
/// processes wrote down themselves.
public final class JournalChecker {
  /// How long a life that was taken for dead may still write or run. A node that is cut off notices
  /// it by itself before anybody takes over, so this covers no more than what is on its way.
  private static final Duration FENCING = Duration.ofSeconds(1);

  private JournalChecker() {}

  /// Left outside the journal.
  public record Evidence(List<Trace> traces, List<Effect> effects) {
    public static final Evidence NONE = new Evidence(List.of(), List.of());

    public Evidence {
      traces = List.copyOf(traces);
      effects = List.copyOf(effects);
    }
  }

  /// @param workers in the plans of all runs
  /// @param lost were not settled
  /// @param doubled completed more than once, or had an effect more than once
  /// @param moved attempts that were ended because their worker was moved as it ran
  /// @param longestOverlap of two attempts of one worker on two nodes
  /// @param broken every rule that is broken, in words
  public record Verdict(
      int workers,
      int lost,
      int doubled,
      long moved,
      Duration longestStall,
      Duration longestOverlap,
      List<String> broken) {
    public Verdict {
      broken = List.copyOf(broken);
    }
  }

  public static Verdict check(Rows rows, Evidence evidence) {
    var overlaps = new OverlapRule(evidence.traces(), FENCING);
    var broken = new ArrayList<String>();
    for (var rule : rules(evidence)) broken.addAll(rule.brokenBy(rows));
    broken.addAll(overlaps.broken());
    return new Verdict(
        Counts.workers(rows),
        Counts.lost(rows),
        Counts.doubled(rows, evidence.effects()),
        FenceRule.moved(rows),
        Counts.longestStall(rows),
        overlaps.longest(),
        broken);
  }

  private static List<Rule> rules(Evidence evidence) {
    return List.of(
        new SequenceRule(),
        new AttemptRule(),
        new SettledRule(),
        new WaveRule(),
        new GateRule(),
        new FenceRule(FENCING),
        new EffectRule(evidence.effects()));
  }
}
