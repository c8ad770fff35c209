package dev.muster.orchestrator.security.audit;

import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.journal.tail.TailReader;
import dev.muster.protocol.journal.EventNames;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.WorkerEvent.AgentStepped;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Writes what agents tried against their boundaries into the audit log. The log has a chain and a
/// transaction of its own, so that each entry is told apart by where it comes from: whatever is
/// read again is there already, and what was read stays.
public final class AgentViolations implements TailReader {
  private final AuditLog audit;

  public AgentViolations(AuditLog audit) {
    this.audit = audit;
  }

  @Override
  public String name() {
    return "violations";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Set<String> events() {
    return EventNames.namesOf(AgentStepped.class);
  }

  /// Nobody waits for them, and most runs have none.
  @Override
  public Duration pause() {
    return Duration.ofSeconds(1);
  }

  @Override
  public void apply(Connection connection, List<JournalRow> rows) {
    for (var row : rows) {
      if (!(row.event() instanceof AgentStepped stepped)) continue;
      var violated = stepped.step().violation();
      if (violated != null) write(row, stepped, violated);
    }
  }

  private void write(JournalRow row, AgentStepped stepped, AgentStep.Violated violated) {
    var worker = row.origin().run() + "/" + row.origin().worker();
    var tool = stepped.step().tool();
    audit.once(
        "%s#%d".formatted(worker, stepped.step().ordinal()),
        new Entry(
            stepped.at(),
            Entry.Kind.VIOLATION,
            "agent of " + worker,
            null,
            null,
            tool == null ? violated.kind() : violated.kind() + " by " + tool,
            "refused",
            null,
            violated.rule() + ": " + violated.what(),
            1));
  }

  /// An audit log forgets nothing.
  @Override
  public void clear(Connection connection) {}
}
