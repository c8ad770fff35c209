package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.orchestrator.journal.storage.StorageException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Somebody had the file before us.
class HostileJournalTest {
  @TempDir Path data;
  private Path owned;
  private DatabaseSettings settings;

  @BeforeEach
  void ours() {
    owned = data.resolve("owned");
    settings = DatabaseSettings.embedded(data);
    Database.open(settings, data).close();
  }

  @Test
  void whatOurMigrationsMakeIsPlain() {
    assertThat(problem()).isNull();
    Database.open(settings, data).close();
  }

  /// The first half shows that there is something to defend against.
  @Test
  void aTriggerWouldRunWhenTheFileIsOpenedAndDoesNot() throws Exception {
    theyRun(
        """
        CREATE TRIGGER red BEFORE INSERT ON "node" FOR EACH ROW AS
        'org.h2.api.Trigger create() throws Exception {
           new java.io.FileOutputStream("%s").close();
           return new org.h2.api.Trigger() {
             public void fire(java.sql.Connection c, Object[] o, Object[] n) {}
           };
         }'
        """
            .formatted(owned));
    assertThat(Files.deleteIfExists(owned)).as("it ran when it was made").isTrue();
    try (var opened = DriverManager.getConnection(settings.url());
        var statement = opened.createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException _) {
      // It may say no to itself; by then it has run.
    }
    assertThat(Files.deleteIfExists(owned)).as("it runs when H2 opens the file").isTrue();
    assertThat(problem()).contains("a trigger").contains("TRIGGER \"public\"");
    assertThatThrownBy(() -> Database.open(settings, data))
        .isInstanceOfSatisfying(
            StorageException.class, it -> assertThat(it.reason()).isEqualTo(Reason.UNSAFE));
    assertThat(owned).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          CREATE ALIAS red AS 'void red() { }'                                   | a function of its own
          CREATE ALIAS red FOR 'java.lang.Math.random'                           | a function of its own
          CREATE FORCE LINKED TABLE red('', 'jdbc:h2:mem:x', 'sa', '', 'RED')    | a table that is not a plain one
          CREATE VIEW red AS SELECT FILE_READ('/etc/passwd') AS x                | a table that is not a plain one
          CREATE CONSTANT red VALUE 1                                            | a constant
          CREATE DOMAIN red AS INT DEFAULT LENGTH(FILE_READ('/etc/passwd'))      | a type of its own
          CREATE TABLE red(x INT DEFAULT FILE_WRITE('x', '/tmp/folders-owned'))  | FILE_WRITE
          ALTER TABLE "node" ALTER COLUMN "roles" SET DEFAULT FILE_READ('/x')    | FILE_READ
          ALTER TABLE "node" ADD CHECK CSVWRITE('/x', 'SELECT 1') > 0            | CSVWRITE
          ALTER TABLE "node" ADD CHECK (EXISTS (SELECT 1 FROM "lease"))          | SELECT
          CREATE TABLE red(x INT, y INT AS LENGTH(FILE_READ('/etc/passwd')))     | FILE_READ
          CREATE MEMORY TABLE red(x INT)                                         | a table that is not a plain one
          CREATE SYNONYM red FOR "node"                                          | a synonym
          SET IGNORECASE TRUE                                                    | the setting SET IGNORECASE
          """)
  void whatCouldCallSomethingIsRefusedInWords(String sql, String word) throws Exception {
    theyRun(sql.strip());
    assertThat(problem()).as(sql).contains("could run code").contains(word);
    assertThatThrownBy(() -> Database.open(settings, data)).hasMessageContaining(word);
  }

  @Test
  void aQuotedNameCallsAsWellAsABareOne() {
    assertThat(
            PlainDefinition.problem(
                0,
                "CREATE CACHED TABLE \"public\".\"t\"(\"x\" INTEGER DEFAULT \"file_read\"('/x'))"))
        .contains("a call");
    assertThat(
            PlainDefinition.problem(
                0, "CREATE CACHED TABLE \"public\".\"t\"(\"x\" INTEGER DEFAULT U&\"f\"('/x'))"))
        .contains("`U`");
    assertThat(PlainDefinition.problem(0, "CREATE CACHED TABLE \"public\".\"t\"(\"x\" INTEGER)"))
        .isNull();
    assertThat(PlainDefinition.problem(0, "CREATE CACHED TABLE x(y INTEGER) -- ENGINE"))
        .isNotNull();
    assertThat(PlainDefinition.problem(99, "CREATE x")).contains("kind 99");
  }

  /// A node that was killed leaves changes that are not finished, and starts again.
  @Test
  void aFileThatWasNotClosedIsStillPlain(@TempDir Path copy) throws Exception {
    try (var open = Database.open(settings, data);
        var connection = open.source().getConnection()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("INSERT INTO \"lease\" VALUES ('a', 'b', CURRENT_TIMESTAMP)");
        Files.copy(data.resolve("muster.mv.db"), copy.resolve("muster.mv.db"));
      }
      connection.rollback();
    }
    Database.open(DatabaseSettings.embedded(copy), copy).close();
  }

  private void theyRun(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(settings.url());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private @Nullable String problem() {
    var journal = JournalFile.of(settings, data);
    if (journal == null) throw new IllegalStateException("H2 is in a file");
    return journal.problemInside();
  }
}
