package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.journal.storage.LeaseTable;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import dev.muster.orchestrator.security.audit.AuditLog;
import dev.muster.orchestrator.security.audit.Entry;
import dev.muster.orchestrator.security.audit.Entry.Kind;
import dev.muster.protocol.run.RunPhase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes the runs that ended longer ago than they are kept, as if somebody had done it by hand.
/// Whatever has the tag `keep` stays, and so does a run about which somebody is still asked. One
/// node of a cluster does it, once a day; what it does is in the audit log before it is done.
public final class RunRetention {
  private static final Logger LOG = LoggerFactory.getLogger(RunRetention.class);
  private static final String LEASE = "run-retention";

  /// Whoever looks every hour finds the day over at the same hour.
  private static final Duration DAY = Duration.ofHours(23).plusMinutes(30);

  private static final Condition NOBODY_IS_ASKED =
      new Condition(
          "NOT EXISTS (SELECT 1 FROM approval WHERE approval.gate = run.id"
              + " AND approval.state = 'PENDING')",
          List.of());

  /// @param age since they ended
  /// @param states in which a run must have ended
  public record Policy(Duration age, Set<RunPhase> states) {
    public Policy {
      states = Set.copyOf(states);
      if (!states.stream().allMatch(RunPhase::finished)) {
        throw new IllegalArgumentException("states are " + states + ", expected ends of runs");
      }
    }
  }

  private final RunPurge purge;
  private final RunDeletion deletion;
  private final LeaseTable leases;
  private final AuditLog audit;
  private final Policy policy;
  private final String node;
  private final InstantSource clock;
  private final AtomicLong rounds = new AtomicLong();

  public RunRetention(
      RunPurge purge,
      RunDeletion deletion,
      LeaseTable leases,
      AuditLog audit,
      Policy policy,
      String node,
      InstantSource clock) {
    this.purge = purge;
    this.deletion = deletion;
    this.leases = leases;
    this.audit = audit;
    this.policy = policy;
    this.node = node;
    this.clock = clock;
  }

  /// How many runs it deleted; 0 also when somebody has looked within the last day.
  ///
  /// @param enough ends it early; then the next round goes on with it
  public int roundIfDue(BooleanSupplier enough) throws SQLException {
    // A lease that is never given back is a day that must pass, also for the node that has it.
    var mine = "%s/%d/%d".formatted(node, clock.millis(), rounds.incrementAndGet());
    if (!leases.take(LEASE, mine, DAY)) return 0;
    var last = "";
    var deleted = 0;
    var isWhole = false;
    try {
      while (!isWhole && !enough.getAsBoolean()) {
        var old = old(Condition.of("id > ?", last));
        for (var run : old) {
          if (enough.getAsBoolean()) break;
          last = run;
          // Deleting those before it may have taken long.
          if (!old(Condition.of("id = ?", run)).isEmpty() && delete(run)) deleted++;
        }
        isWhole = old.isEmpty();
      }
    } finally {
      if (!isWhole) leases.release(LEASE, mine);
    }
    return deleted;
  }

  private List<String> old(Condition also) {
    var named = policy.states().stream().map(RunPhase::name).sorted().toList();
    var states =
        new Condition(
            named.stream().map(_ -> "?").collect(Collectors.joining(", ", "phase IN (", ")")),
            List.copyOf(named));
    return purge.old(policy.age(), 0, List.of(NOBODY_IS_ASKED, states, also));
  }

  /// Somebody may have resumed or deleted it meanwhile, a supervisor may not answer, files may not
  /// go: then it is left for another day, and holds back no other.
  private boolean delete(String run) {
    audit.require(entry(run, Kind.INTENT, "asked"));
    try {
      deletion.delete(run);
    } catch (RuntimeException e) {
      audit.note(entry(run, Kind.CHANGE, "not done: " + e.getMessage()));
      LOG.warn("retention: {} stays: {}", run, e.getMessage());
      return false;
    }
    audit.note(entry(run, Kind.CHANGE, "done"));
    return true;
  }

  private Entry entry(String run, Kind kind, String outcome) {
    return new Entry(
        clock.instant(),
        kind,
        "muster",
        null,
        null,
        "DELETE /api/v1/runs/" + run,
        outcome,
        null,
        "the setting keep.runs: it ended more than %s ago".formatted(words(policy.age())),
        1);
  }

  private static String words(Duration age) {
    return age.toDays() > 0 ? age.toDays() + " d" : age.toHours() + " h";
  }
}
