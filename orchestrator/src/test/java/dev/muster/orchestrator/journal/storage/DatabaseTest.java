package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.orchestrator.journal.storage.StorageException.Reason;
import dev.muster.protocol.proof.Sha256;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir private Path data;

  @Test
  void openingAgainFindsTheSchemaAsItIs() {
    var settings = Postgres.fresh();
    Database.open(settings, data).close();
    try (var again = Database.open(settings, data)) {
      assertThat(new InstructionStore(again.source()).text(Sha256.of("none"))).isNull();
    }
  }

  /// All nodes of a cluster start at once, and each brings the schema up to date.
  @Test
  void severalNodesMayCreateTheSchemaAtOnce() {
    var settings = Postgres.fresh();
    var opened =
        Stream.generate(() -> settings)
            .limit(4)
            .parallel()
            .map(each -> Database.open(each, data))
            .toList();
    assertThat(opened).hasSize(4);
    opened.forEach(Database::close);
  }

  @Test
  void aServerThatDoesNotAnswerIsNamed() {
    var nobody = new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/none", "postgres", "secret");
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> Database.open(nobody, data))
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNREACHABLE))
        .withMessageContaining("127.0.0.1:1")
        .withMessageNotContaining("secret");
  }

  /// Whoever stops a pool of threads interrupts those that read.
  @Test
  void anInterruptedReaderClosesTheDatabaseForNobodyElse() throws Exception {
    try (var database = Database.open(DatabaseSettings.embedded(data), data)) {
      for (var i = 0; i < 20; i++) {
        var reader = Thread.ofPlatform().start(() -> write(database));
        reader.interrupt();
        reader.join();
        assertThat(new InstructionStore(database.source()).text(Sha256.of("none"))).isNull();
      }
    }
  }

  private static void write(Database database) {
    Thread.currentThread().interrupt();
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE interrupted (id INT)");
      statement.execute("DROP TABLE interrupted");
    } catch (SQLException _) {
      // The one that is interrupted may fail.
    }
  }
}
