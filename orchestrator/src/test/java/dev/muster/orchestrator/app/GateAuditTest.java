package dev.muster.orchestrator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.security.audit.AuditLog;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalExtended;
import dev.muster.protocol.approval.ApprovalEvent.BypassOpened;
import dev.muster.protocol.approval.People.Caller;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateAuditTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir private Path data;

  @Test
  void timesHaveThreeDecimalsAsEverywhere() throws Exception {
    try (var database = Database.open(DatabaseSettings.embedded(data), data)) {
      var log = AuditLog.open(database.source(), Json::text, () -> AT);
      var audit = new GateAudit(log);
      var until = AT.plusNanos(851_996_190);
      audit.accept(new BypassOpened("file_write", until, Caller.of("olga"), "", AT));
      audit.accept(new ApprovalExtended("apr_1", until, Caller.of("olga"), AT));
      log.close(); // which writes what waits

      var last = log.before(Long.MAX_VALUE, 10);
      assertThat(last.get(0).entry()).contains("extended until 2026-03-01T10:00:00.851Z");
      assertThat(last.get(1).entry()).contains("let pass until 2026-03-01T10:00:00.851Z");
    }
  }
}
