package dev.muster.orchestrator.engine.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.LeaseTable;
import dev.muster.orchestrator.journal.storage.Vendor;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class NodeRegistryTest {
  private static final Self A = self("a", "life-1");
  private static final Self B = self("b", "life-2");

  private final Vendor vendor;
  private Database database;
  private NodeRegistry registry;

  NodeRegistryTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    database = vendor.open(folder);
    registry = new NodeRegistry(database.source());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aNodeIsThereOnceItIsEnrolledAndAMemberOnceItSaysSo() {
    registry.enrol(A);
    var found = registry.nodes().getFirst();
    assertThat(found.address()).isEqualTo("host-a:7410");
    assertThat(found.roles()).containsExactly("orchestrator", "worker");
    assertThat(found.joined()).isFalse();
    assertThat(found.live()).isTrue();

    var beat = registry.beat(A, true);
    assertThat(beat.mine()).isTrue();
    assertThat(registry.nodes().getFirst().joined()).isTrue();

    registry.leave(A);
    assertThat(registry.nodes().getFirst().joined()).isFalse();
  }

  @Test
  void anotherNodeUnderTheSameNameIsNoticedByTheFirst() {
    registry.enrol(A);
    registry.enrol(self("a", "life-9"));
    assertThat(registry.beat(A, true).mine()).isFalse();
    assertThat(registry.look(A).mine()).isFalse();
    assertThat(registry.nodes().getFirst().joined()).as("not by the old one's beat").isFalse();
  }

  @Test
  void aNameIsTakenWhileANodeElsewhereLivesByIt() throws Exception {
    registry.enrol(A);
    assertThat(registry.namesake(self("a", "life-9"))).as("it comes back").isNull();
    var elsewhere = new Self("a", "other:7410", "life-9", List.of("worker"), false);
    assertThat(registry.namesake(elsewhere)).isEqualTo("host-a:7410");
    silence("a");
    assertThat(registry.namesake(elsewhere)).isNull();
    registry.enrol(A);
    registry.leave(A);
    assertThat(registry.namesake(elsewhere)).as("it has said good-bye").isNull();
  }

  @Test
  void whoOnlyPassedByLeavesNothing() {
    var passing = new Self("a-cli-7", "here:1", "life-7", List.of("orchestrator"), true);
    registry.enrol(passing);
    registry.leave(passing);
    assertThat(registry.nodes()).isEmpty();
  }

  @Test
  void aClusterIsFormedOnlyWhereNoOtherMemberLives() throws Exception {
    registry.enrol(A);
    registry.enrol(B);
    assertThat(registry.form(A)).hasValue(1);
    assertThat(registry.form(B)).as("a lives").isEmpty();
    assertThat(registry.beat(B, false).generation()).isEqualTo(1);

    silence("a");
    assertThat(registry.form(B)).hasValue(2);
    assertThat(registry.look(A).generation()).as("a learns it is out").isEqualTo(2);
  }

  @Test
  void ofManyThatFormAtOnceOneSucceeds() throws Exception {
    var nodes = IntStream.range(0, 5).mapToObj(n -> self("n" + n, "life-" + n)).toList();
    nodes.forEach(registry::enrol);
    var together = new CyclicBarrier(nodes.size());
    try (var threads = Executors.newFixedThreadPool(nodes.size())) {
      List<Callable<Boolean>> attempts =
          nodes.stream()
              .<Callable<Boolean>>map(node ->
                  () -> {
                    together.await();
                    return registry.form(node).isPresent();
                  })
              .toList();
      var won = 0;
      for (var attempt : threads.invokeAll(attempts)) if (attempt.get()) won++;
      assertThat(won).isEqualTo(1);
    }
  }

  @Test
  void aDrainOutlivesTheNodeAndIsTakenBack() {
    registry.enrol(A);
    assertThat(registry.drain("nobody", true)).isFalse();
    assertThat(registry.drain("a", true)).isTrue();
    assertThat(registry.drain("a", true)).isTrue();
    registry.enrol(self("a", "life-2"));
    var drained = registry.look(self("a", "life-2")).drained();
    assertThat(drained).isNotNull().isLessThan(Duration.ofMinutes(1));
    registry.drain("a", false);
    assertThat(registry.look(A).drained()).isNull();
  }

  @Test
  void theTimeIsTheDatabases() {
    assertThat(registry.now())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
  }

  @Test
  void aLeaseHasOneOwnerUntilItIsReleasedOrRunsOut() throws Exception {
    var leases = new LeaseTable(database.source());
    var minute = Duration.ofMinutes(1);
    assertThat(leases.take("split", "a", minute)).isTrue();
    assertThat(leases.take("split", "b", minute)).isFalse();
    assertThat(leases.take("split", "a", minute)).as("renewed").isTrue();
    assertThat(leases.take("other", "b", minute)).isTrue();
    assertThat(leases.release("split", "b")).as("not b's to release").isFalse();
    assertThat(leases.release("split", "a")).isTrue();
    assertThat(leases.take("split", "b", minute)).isTrue();

    execute("UPDATE lease SET held_until = CURRENT_TIMESTAMP - INTERVAL '1' SECOND");
    assertThat(leases.take("split", "a", minute)).as("b did not renew it").isTrue();
    assertThat(leases.take("split", "b", minute)).isFalse();
  }

  private void silence(String name) throws SQLException {
    execute(
        "UPDATE node SET beat_at = CURRENT_TIMESTAMP - INTERVAL '7' SECOND WHERE name = '"
            + name
            + "'");
  }

  private void execute(String sql) throws SQLException {
    try (var connection = database.source().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Self self(String name, String incarnation) {
    return new Self(
        name, "host-" + name + ":7410", incarnation, List.of("orchestrator", "worker"), false);
  }
}
