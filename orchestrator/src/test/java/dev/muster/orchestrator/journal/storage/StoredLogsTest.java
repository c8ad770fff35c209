package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.StoredLogs.AttemptId;
import dev.muster.orchestrator.journal.storage.StoredLogs.StoredLog;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoredLogsTest {
  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void theNewestLogOfAnAttemptIsFound(Vendor vendor, @TempDir Path folder) throws SQLException {
    try (var database = vendor.open(folder)) {
      var logs = new StoredLogs(database.source());
      var key = new AttemptId("run_1", "WORKER_001", 2);
      assertThat(logs.find(key)).isNull();
      logs.remember(key, new StoredLog("a".repeat(64), 10, "node-b"), T0);
      var newer = new StoredLog("b".repeat(64), 20, "node-b");
      logs.remember(key, newer, T0.plusSeconds(1));
      assertThat(logs.find(key)).isEqualTo(newer);
      assertThat(logs.find(new AttemptId("run_1", "WORKER_001", 1))).isNull();
    }
  }
}
