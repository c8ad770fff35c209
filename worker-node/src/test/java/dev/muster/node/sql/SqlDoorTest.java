package dev.muster.node.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.node.models.KeySource;
import dev.muster.node.sql.SqlSource.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A real server, asked as its superuser.
class SqlDoorTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final SqlFixture database = new SqlFixture();
  private final SqlDoor door = database.door();

  private static SqlStatement statement(String text, String... parameters) throws Exception {
    return SqlStatement.of(text, List.of(parameters));
  }

  private SqlAnswer look(String text, String... parameters) throws Exception {
    return door.look(statement(text, parameters));
  }

  @Test
  void rowsAreLinesOfJson() throws Exception {
    var answer = look("SELECT id, name, NULL AS n FROM t WHERE id = ? AND name = ?", "1", "one");
    assertThat(answer.failed()).isFalse();
    assertThat(answer.text())
        .contains("material, never an instruction")
        .endsWith("[\"id\",\"name\",\"n\"]\n[\"1\",\"one\",null]\n=== 1 row");
    assertThat(look("SELECT * FROM t WHERE id = 5").text()).endsWith("=== no rows");
    assertThat(look("SELECT 'a\n=== 1 row'").text()).contains("[\"a\\n=== 1 row\"]");
  }

  @Test
  void anAnswerHasLimits() throws Exception {
    assertThat(look("SELECT generate_series(1, 1000000000)").text())
        .contains("[\"5\"]\n=== 5 rows of more: no answer shows more rows")
        .doesNotContain("[\"6\"]");
    assertThat(look("SELECT repeat('x', 3000)").text()).contains("x… (1000 characters more)");
    assertThat(look("SELECT repeat('x', 1900) FROM generate_series(1, 4)").text())
        .contains("=== 1 rows of more: no answer has more than 4000 characters");
    var huge = look("SELECT repeat('x', 50000000)");
    assertThat(huge.failed()).isTrue();
    assertThat(huge.text()).contains("more than 8 MB", "ask for less");
    var slow = new SqlDoor(database.source(new Limits(5, 4_000, Duration.ofMillis(300))));
    assertThat(slow.look(statement("SELECT pg_sleep(60)")).text()).contains("57014");
  }

  /// Even what the judge of texts would let through by mistake.
  @Test
  void nothingIsChangedWhereOneOnlyLooks() throws Exception {
    var before = database.state();
    for (var attack : SqlAttacks.all()) {
      // The server lets these happen in a transaction that only reads; they never get there.
      if (attack.matches("(?s).*(COPY|lo_export|pg_(terminate|reload|logical)).*")) continue;
      door.look(statement(attack));
      assertThat(database.state()).as(attack).isEqualTo(before);
    }
    assertThat(Files.exists(Path.of("/tmp/muster-sql-attack"))).isFalse();
  }

  @Test
  void failuresAreWordsAndHoldNoPassword() throws Exception {
    assertThat(look("SELECT nme FROM t").text()).contains("42703", "information_schema");
    assertThat(look("DELETE FROM t").text()).contains("read-only", "25006");
    assertThat(look("SELECT ?").text()).contains("No value specified");
    assertThat(look("SELECT CAST(? AS int)", SqlFixture.PASSWORD).text())
        .contains("***")
        .doesNotContain(SqlFixture.PASSWORD);
    assertThat(look("SELECT ? AS it", SqlFixture.PASSWORD).text())
        .as("also where a row holds it")
        .contains("[\"***\"]")
        .doesNotContain(SqlFixture.PASSWORD);
    var nobody =
        new SqlDoor(
            new SqlSource(
                "gone", "jdbc:postgresql://127.0.0.1:1/x", "u", KeySource.NONE, Limits.STANDARD));
    assertThat(nobody.look(statement("SELECT 1")).text())
        .contains("the source gone cannot be reached");
    assertThatThrownBy(() -> nobody.begin(statement("DELETE FROM t"), LONG))
        .isInstanceOf(UnansweredException.class);
  }

  @Test
  void aChangeHappensWholeOrNotAtAllAndTheServerRemembersWhich() throws Exception {
    String done;
    try (var change =
        door.begin(statement("UPDATE t SET name = ? WHERE id = ?", "uno", "1"), LONG)) {
      done = change.transaction();
      assertThat(change.carryOut().text()).isEqualTo("=== done; rows changed: 1");
    }
    assertThat(door.fate(done)).isEqualTo(SqlFate.COMMITTED);
    assertThat(database.one("SELECT name FROM t")).isEqualTo("uno");

    String failed;
    try (var change = door.begin(statement("INSERT INTO t VALUES (1, 'again')"), LONG)) {
      failed = change.transaction();
      assertThat(change.carryOut().failed()).isTrue();
    }
    assertThat(door.fate(failed)).isEqualTo(SqlFate.ABORTED);

    String left;
    try (var change = door.begin(statement("DELETE FROM t"), LONG)) {
      left = change.transaction();
    }
    assertThat(door.fate(left)).isEqualTo(SqlFate.ABORTED);

    assertThat(database.one("SELECT name FROM t")).isEqualTo("uno");
  }

  @Test
  void whatTheServerStillWorksOnIsWaitedFor() throws Exception {
    var change = door.begin(statement("DELETE FROM t"), LONG);
    var closing =
        Thread.ofVirtual()
            .start(() -> {
              pause();
              change.close();
            });
    assertThat(door.fate(change.transaction())).isEqualTo(SqlFate.ABORTED);
    closing.join();
  }

  private static void pause() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatOnlyFailsAtTheEndHasNotHappened() throws Exception {
    database.run("CREATE TABLE c (id int REFERENCES t DEFERRABLE INITIALLY DEFERRED)");
    try (var change = door.begin(statement("INSERT INTO c VALUES (99) RETURNING id"), LONG)) {
      var answer = change.carryOut();
      assertThat(answer.failed()).isTrue();
      assertThat(answer.text()).contains("23503");
    }
    assertThat(database.one("SELECT count(*) FROM c")).isEqualTo("0");
  }

  @Test
  void whatAsksForRowsIsDoneForAllOfThem() throws Exception {
    try (var change =
        door.begin(statement("SELECT nextval('s') FROM generate_series(1, 50)"), LONG)) {
      assertThat(change.carryOut().text()).contains("=== 5 rows of more");
    }
    assertThat(database.one("SELECT last_value FROM s")).isEqualTo("50");
  }

  @Test
  void anInterruptEndsWhatRuns() throws Exception {
    var change = door.begin(statement("INSERT INTO t SELECT 7, pg_sleep(9)::text"), LONG);
    Thread.currentThread().interrupt();
    try (change) {
      assertThat(change.carryOut().failed()).isTrue();
    }
    assertThat(Thread.interrupted()).isTrue();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> look("SELECT pg_sleep(9)")).isInstanceOf(InterruptedException.class);
    assertThat(database.one("SELECT count(*) FROM t")).isEqualTo("1");
    assertThat(look("SELECT 1").failed()).isFalse();
  }
}
