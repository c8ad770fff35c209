package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.Artifacts;
import dev.muster.protocol.worker.StoredContents;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseArtifactsTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));
  private static final byte[] LARGE = random(5 * (1 << 20) + 17);

  @TempDir private Path folder;
  private DatabaseSettings settings;
  private Database database;
  private DatabaseArtifacts artifacts;

  @BeforeEach
  void open() {
    settings = Postgres.fresh();
    database = Database.open(settings, folder);
    artifacts = node(Long.MAX_VALUE);
  }

  private DatabaseArtifacts node(long bytesMax) {
    var transfers = new Transfers(database.source(), Duration.ofMillis(1));
    return new DatabaseArtifacts(transfers, CLOCK, bytesMax);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatOneNodeStoresAnotherFetchesWhole() throws IOException {
    var sha256 = artifacts.put(file(LARGE));
    assertThat(sha256).isEqualTo(Sha256.of(LARGE));
    try (var other = Database.open(settings, folder)) {
      var there = new DatabaseArtifacts(other.source(), CLOCK);
      assertThat(there.holds(sha256)).isTrue();
      there.fetch(sha256, folder.resolve("copy"));
      assertThat(folder.resolve("copy")).hasBinaryContent(LARGE);
    }
  }

  @Test
  void nothingAtAllIsAContentToo() throws IOException {
    var sha256 = artifacts.put(file(new byte[0]));
    artifacts.fetch(sha256, folder.resolve("copy"));
    assertThat(folder.resolve("copy")).isEmptyFile();
  }

  @Test
  void aPieceIsReadFromAnywhere() throws IOException {
    var sha256 = artifacts.put(file(LARGE));
    assertThat(artifacts.read(sha256, 3_000_000, 1_000))
        .isEqualTo(Arrays.copyOfRange(LARGE, 3_000_000, 3_001_000));
    assertThat(artifacts.read(sha256, LARGE.length - 7, 1_000)).hasSize(7);
    assertThat(artifacts.read(sha256, LARGE.length, 1_000)).isEmpty();
  }

  @Test
  void storingTheSameAgainChangesNothing() throws IOException {
    artifacts.put(file(LARGE));
    artifacts.put(file(LARGE));
    assertThat(rows()).isEqualTo(1);
    assertThat(largeObjects()).isEqualTo(1);
  }

  @Test
  void manyNodesMayStoreTheSameAtOnce() throws Exception {
    Callable<String> put = () -> node(Long.MAX_VALUE).put(file(LARGE));
    try (var nodes = Executors.newFixedThreadPool(6)) {
      var all = nodes.invokeAll(IntStream.range(0, 12).mapToObj(_ -> put).toList());
      for (var one : all) assertThat(one.get()).isEqualTo(Sha256.of(LARGE));
    }
    assertThat(rows()).isEqualTo(1);
    assertThat(largeObjects()).as("those of lost races are gone").isEqualTo(1);
  }

  @Test
  void whatFailsHalfWayLeavesNothing() throws IOException {
    var sha256 = Sha256.of(LARGE);
    assertThatIOException()
        .isThrownBy(() ->
            artifacts.put(
                sha256,
                to -> {
                  half(to);
                  throw new IOException("the disk is broken");
                }))
        .withMessage("the disk is broken");
    assertThat(artifacts.holds(sha256)).isFalse();
    assertThat(largeObjects()).isZero();
  }

  @Test
  void aFileThatChangesWhileItIsStoredIsNotKept() throws IOException {
    assertThatIOException()
        .isThrownBy(() -> artifacts.put(Sha256.of(LARGE), to -> to.write(1)))
        .withMessageContaining("it changed while it was stored");
    assertThat(rows()).isZero();
    assertThat(largeObjects()).isZero();
  }

  @Test
  void whatIsRemovedLeavesNothingAndWhatWasAskedForStays() throws IOException {
    var gone = artifacts.put(file(LARGE));
    var asked = artifacts.put(file(new byte[7]));
    var later = CLOCK.instant().plus(Duration.ofDays(2));
    var next =
        new DatabaseArtifacts(
            new Transfers(database.source(), Duration.ofMillis(1)),
            InstantSource.fixed(later),
            Long.MAX_VALUE);
    assertThat(next.holds(asked)).isTrue();
    assertThat(all(next)).containsExactlyInAnyOrder(gone, asked);
    var before = later.minus(Duration.ofDays(1));
    assertThat(next.remove(gone, before)).isEqualTo(LARGE.length);
    assertThat(next.remove(gone, before)).isEqualTo(-1);
    assertThat(next.remove(asked, before)).isEqualTo(-1);
    assertThat(all(next)).containsExactly(asked);
    assertThat(largeObjects()).isEqualTo(1);
  }

  private static List<String> all(DatabaseArtifacts artifacts) throws IOException {
    var all = new ArrayList<String>();
    for (var shelf = 0; shelf < StoredContents.SHELVES; shelf++) {
      artifacts.shelf(shelf).forEach(it -> all.add(it.sha256()));
    }
    return all;
  }

  @Test
  void whatWasPutIsThereAlsoWhenItIsRemovedAtTheSameMoment() throws Exception {
    var later = CLOCK.instant().plus(Duration.ofDays(2));
    var there =
        new DatabaseArtifacts(
            new Transfers(database.source(), Duration.ofMillis(1)),
            InstantSource.fixed(later),
            Long.MAX_VALUE);
    try (var two = Executors.newFixedThreadPool(2)) {
      for (var i = 0; i < 20; i++) {
        var file = file(new byte[] {(byte) i});
        var sha256 = artifacts.put(file);
        Callable<Object> put = () -> there.put(file);
        Callable<Object> remove = () -> there.remove(sha256, later.minus(Duration.ofDays(1)));
        for (var each : two.invokeAll(List.of(put, remove))) each.get();
        there.fetch(sha256, folder.resolve("copy"));
        assertThat(folder.resolve("copy")).hasBinaryContent(new byte[] {(byte) i});
      }
    }
  }

  /// What the server does when the node's process is killed: the session ends without a commit.
  @Test
  void aSessionThatEndsHalfWayLeavesNothingAndIsBegunAnew() throws IOException {
    var sha256 = Sha256.of(LARGE);
    var tries = new AtomicInteger();
    artifacts.put(
        sha256,
        to -> {
          half(to);
          if (tries.incrementAndGet() == 1) endAllSessions();
          assertThat(rows()).isZero();
          to.write(LARGE, LARGE.length / 2, LARGE.length - LARGE.length / 2);
        });
    assertThat(tries).hasValue(2);
    assertThat(largeObjects()).isEqualTo(1);
    artifacts.fetch(sha256, folder.resolve("copy"));
    assertThat(folder.resolve("copy")).hasBinaryContent(LARGE);
  }

  @Test
  void aServerThatStaysAwayIsReportedAsSuch() {
    var nobody = new HikariConfig();
    nobody.setJdbcUrl("jdbc:postgresql://127.0.0.1:1/none");
    nobody.setConnectionTimeout(250);
    nobody.setInitializationFailTimeout(-1);
    try (var pool = new HikariDataSource(nobody)) {
      var silent = new Transfers(pool, Duration.ofMillis(1));
      assertThatExceptionOfType(Artifacts.UnreachableException.class)
          .isThrownBy(() -> new DatabaseArtifacts(silent, CLOCK, 1).holds(Sha256.of("x")))
          .withMessageContaining("after 7 tries");
    }
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> artifacts.fetch(Sha256.of("x"), folder.resolve("copy")))
        .withMessageContaining(Sha256.of("x"));
  }

  @Test
  void damageIsNoticed() throws IOException {
    var sha256 = artifacts.put(file(LARGE));
    execute("SELECT lo_put(content, 4000000, 'damaged') FROM artifact");
    assertThatIOException()
        .isThrownBy(() -> artifacts.fetch(sha256, folder.resolve("copy")))
        .withMessageContaining("is damaged");
    assertThat(folder.resolve("copy")).doesNotExist();
  }

  @Test
  void whatIsTooLargeIsRefusedWithAWayOut() {
    assertThatIOException()
        .isThrownBy(() -> node(2 << 20).put(file(LARGE)))
        .withMessageContaining("at most 2 MiB")
        .withMessageContaining("found 5 MiB")
        .withMessageContaining("files = shared");
  }

  private static void half(OutputStream to) throws IOException {
    to.write(LARGE, 0, LARGE.length / 2);
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(Files.createTempFile(folder, "content", null), content);
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private void endAllSessions() {
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }

  private long rows() {
    return number("SELECT count(*) FROM artifact");
  }

  private long largeObjects() {
    return number("SELECT count(*) FROM pg_largeobject_metadata");
  }

  private void execute(String sql) {
    try (var connection = DriverManager.getConnection(settings.url(), "postgres", "");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long number(String sql) {
    try (var connection = DriverManager.getConnection(settings.url(), "postgres", "");
        var rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
