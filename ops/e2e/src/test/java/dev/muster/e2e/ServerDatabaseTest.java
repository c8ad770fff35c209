package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.e2e.rig.Place;
import dev.muster.e2e.rig.Postgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Commands that host a node of their own, one after another, over a PostgreSQL server. Those whose
/// node works are processes: one of several that stands still has all that runs below its JVM
/// killed, and here that would be what other tests have started.
@NeedsSandbox
@Order(5)
class ServerDatabaseTest {
  private static final String HELLO = Muster.repository().resolve("instructions/hello").toString();

  /// Another for another build on this machine, since the port is always the same.
  private static final String ADDRESS =
      "127.77.%2$d.%1$d"
          .formatted(
              1 + ProcessHandle.current().pid() % 250,
              1 + ProcessHandle.current().pid() / 250 % 250);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void oneNodeAtATimeRunsDecidesAndResumesAndLeavesNoNodeBehind() throws Exception {
    var place = new Place("database", ADDRESS, ADDRESS, List.of());
    try (var postgres = new Postgres(place, folder.resolve("postgres"))) {
      postgres.start();
      var muster =
          new Muster(folder)
              .with("MUSTER_DATABASE_URL", postgres.url())
              .with("MUSTER_DATABASE_USER", postgres.user())
              .with("MUSTER_CLUSTER_PORT", "0")
              .with("MUSTER_NODE_NAME", "here");
      var target = muster.target().toString();
      var held = muster.run("run", HELLO, "--no-input", "--approve", "none", "--target", target);
      assertThat(held.exit()).as(held.toString()).isEqualTo(6);

      var list = muster.ask("approvals", "list", "-o", "json");
      assertThat(list.exit()).as(list.toString()).isZero();
      assertThat(Journal.parse(list.out()).path("items")).hasSize(1);
      var approved = muster.ask("approve", "--all", "--yes");
      assertThat(approved.exit()).as(approved.toString()).isZero();
      var resumed = muster.run("resume", "--no-input");
      assertThat(resumed.exit()).as(resumed.toString()).isZero();
      assertThat(Journal.of(muster, "last").completed()).hasSize(3).doesNotHaveDuplicates();

      try (var connection = postgres.connect();
          var rows = connection.createStatement().executeQuery("SELECT name FROM node")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("here");
        assertThat(rows.next()).as("a row of a command that only looked").isFalse();
      }
    }
  }
}
