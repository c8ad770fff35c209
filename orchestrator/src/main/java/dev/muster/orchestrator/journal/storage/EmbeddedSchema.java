package dev.muster.orchestrator.journal.storage;

import dev.muster.orchestrator.journal.jdbc.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/// The schema of an embedded database without Flyway, which takes a start longer than the schema
/// itself: an empty database is given all migrations at once, and Flyway's own table says what they
/// are, so that it goes on from there. One that has them all needs nothing.
///
/// Definitions cannot be undone in H2. A table stands there while they are made, so that one whose
/// process was killed meanwhile begins anew.
final class EmbeddedSchema {
  /// What Flyway would do, in its order; a test holds them together.
  private static final String LIST = "/db/h2.list";

  private static final String UNFINISHED = "schema_unfinished";

  /// As Flyway makes it.
  private static final String HISTORY =
      """
      CREATE TABLE "flyway_schema_history" (
        "installed_rank" INT NOT NULL,
        "version" VARCHAR(50),
        "description" VARCHAR(200) NOT NULL,
        "type" VARCHAR(20) NOT NULL,
        "script" VARCHAR(1000) NOT NULL,
        "checksum" INT,
        "installed_by" VARCHAR(100) NOT NULL,
        "installed_on" TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
        "execution_time" INT NOT NULL,
        "success" BOOLEAN NOT NULL,
        CONSTRAINT "flyway_schema_history_pk" PRIMARY KEY ("installed_rank")
      );
      CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
      INSERT INTO "flyway_schema_history" VALUES (-1, NULL,
        '<< Flyway Schema History table created >>', 'TABLE', '', NULL, CURRENT_USER,
        CURRENT_TIMESTAMP, 0, TRUE);
      """;

  private static final String MADE =
      """
      INSERT INTO "flyway_schema_history" ("installed_rank", "version", "description", "type",
        "script", "checksum", "installed_by", "execution_time", "success")
      VALUES (?, ?, ?, 'SQL', ?, ?, CURRENT_USER, 0, TRUE)
      """;

  private static final String APPLIED =
      """
      SELECT "version", "description", CASE WHEN "success" THEN "script" ELSE '' END, "checksum"
      FROM "flyway_schema_history" WHERE "installed_rank" > 0 ORDER BY "installed_rank"
      """;

  private static final String TABLES =
      "SELECT LOWER(table_name) FROM information_schema.tables WHERE table_schema = CURRENT_SCHEMA";

  /// @param file below `/db`
  record Migration(String version, String description, String file, int checksum) {
    /// As Flyway names it.
    private String script() {
      return file.substring(file.indexOf('/') + 1);
    }

    private boolean isApplied(Applied it) {
      return equals(new Migration(it.version(), it.description(), file, it.checksum()))
          && it.script().equals(script());
    }

    static Migration of(String line) {
      var words = line.split("\t", -1);
      return new Migration(words[0], words[1], words[2], Integer.parseInt(words[3]));
    }
  }

  private record Applied(String version, String description, String script, int checksum) {}

  private EmbeddedSchema() {}

  static boolean isEmpty(Connection connection) throws SQLException {
    return tables(connection).isEmpty();
  }

  private static List<String> tables(Connection connection) throws SQLException {
    return Sql.all(connection, TABLES, row -> row.getString(1), List.of());
  }

  /// Whether nothing is left to do; else it is Flyway's to say what.
  static boolean stands(Connection connection) throws SQLException {
    var tables = tables(connection);
    // Nothing is written into what is unfinished: what has an event is never dropped.
    var killed = tables.contains(UNFINISHED) && !hasEvents(connection, tables);
    if (killed) execute(connection, "DROP ALL OBJECTS");
    if (killed || tables.isEmpty()) {
      EmbeddedFile.writtenAtOnce(connection, () -> make(connection));
      return true;
    }
    return tables.contains("flyway_schema_history") && isCurrent(connection);
  }

  private static boolean hasEvents(Connection connection, List<String> tables) throws SQLException {
    return tables.contains("event_journal")
        && !Sql.all(
                connection, "SELECT 1 FROM event_journal LIMIT 1", row -> row.getInt(1), List.of())
            .isEmpty();
  }

  private static boolean isCurrent(Connection connection) throws SQLException {
    var applied =
        Sql.all(
            connection,
            APPLIED,
            row ->
                new Applied(
                    Objects.requireNonNullElse(row.getString(1), ""),
                    row.getString(2),
                    row.getString(3),
                    row.getInt(4)),
            List.of());
    var all = migrations();
    if (applied.size() != all.size()) return false;
    for (var i = 0; i < all.size(); i++) if (!all.get(i).isApplied(applied.get(i))) return false;
    return true;
  }

  private static void make(Connection connection) throws SQLException {
    execute(connection, "CREATE TABLE " + UNFINISHED + " (id INT)");
    execute(connection, HISTORY);
    var rank = 0;
    for (var it : migrations()) {
      execute(connection, text("/db/" + it.file()));
      Sql.update(
          connection,
          MADE,
          List.of(++rank, it.version(), it.description(), it.script(), it.checksum()));
    }
    execute(connection, "DROP TABLE " + UNFINISHED);
  }

  static List<Migration> migrations() {
    return text(LIST).lines().map(Migration::of).toList();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String text(String resource) {
    try (var file = EmbeddedSchema.class.getResourceAsStream(resource)) {
      if (file == null) throw new IllegalStateException("this build has no " + resource);
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("this build cannot be read: " + resource, e);
    }
  }
}
