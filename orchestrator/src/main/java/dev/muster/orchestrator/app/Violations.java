package dev.muster.orchestrator.app;

import dev.muster.orchestrator.security.audit.AuditLog;
import dev.muster.orchestrator.security.audit.Entry;
import dev.muster.orchestrator.security.audit.Refused;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Messages inside the cluster that claimed what they could not prove: in the audit log and that of
/// the node, those alike together.
public final class Violations {
  private static final Logger LOG = LoggerFactory.getLogger(Violations.class);

  private final String node;
  private final Refused refused;

  /// @param node that refuses
  public Violations(String node, AuditLog log, InstantSource clock) {
    this.node = node;
    this.refused = new Refused(entry -> note(entry, log), clock);
  }

  private static void note(Entry entry, AuditLog log) {
    LOG.warn("{} was refused: {}", entry.action(), entry.outcome());
    log.note(entry);
  }

  /// @param who is said to have said it
  /// @param what it was about
  public void of(String who, String what, String why) {
    refused.note(Entry.Kind.VIOLATION, who, "inside " + node, what, why, "");
  }
}
