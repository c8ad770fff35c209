package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.jdbc.Rows;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFileTest {
  private static final String USED_MIB = "info.CACHE_SIZE";
  private static final String MOST_MIB = "info.CACHE_MAX_SIZE";

  @TempDir private Path data;

  @Test
  void pagesThatWereForgottenAreReadAgain() {
    try (var database = Database.open(DatabaseSettings.embedded(data), data)) {
      var rows = Rows.of(database.source(), "the test");
      rows.update("CREATE TABLE large AS SELECT x, REPEAT('y', 2000) y FROM SYSTEM_RANGE(1, 2000)");
      assertThat(sum(rows)).isEqualTo(4_000_000);
      assertThat(setting(rows, USED_MIB)).isGreaterThan(1);
      var most = setting(rows, MOST_MIB);

      database.forgetPages();

      assertThat(setting(rows, USED_MIB)).isLessThanOrEqualTo(1);
      assertThat(setting(rows, MOST_MIB)).isEqualTo(most);
      assertThat(sum(rows)).isEqualTo(4_000_000);
      assertThat(setting(rows, USED_MIB)).isGreaterThan(1);
    }
  }

  private static @Nullable Long sum(Rows<IllegalStateException> rows) {
    return rows.one("SELECT SUM(LENGTH(y)) FROM large", row -> row.getLong(1));
  }

  private static @Nullable Long setting(Rows<IllegalStateException> rows, String name) {
    return rows.one(
        "SELECT setting_value FROM information_schema.settings WHERE setting_name = ?",
        row -> row.getLong(1),
        name);
  }
}
