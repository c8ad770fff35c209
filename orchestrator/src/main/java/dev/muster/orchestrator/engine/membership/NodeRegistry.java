package dev.muster.orchestrator.engine.membership;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The nodes of this database, each with its last sign of life. All times are the database's own,
/// so that the clocks of the nodes need not agree.
public final class NodeRegistry {
  private static final int NODES_MAX = 1_000;

  private final Rows<RegistryException> rows;

  public NodeRegistry(DataSource source) {
    this.rows = new Rows<>(source, (_, e) -> new RegistryException(e));
  }

  /// What a beat tells the node about itself.
  ///
  /// @param mine false when another node has entered itself under this name since
  /// @param generation of the cluster
  /// @param drained how long ago an operator drained this node; null when it takes work
  /// @param now by the clock of the database
  public record Beat(boolean mine, long generation, @Nullable Duration drained, Instant now) {}

  /// Enters the node, in place of an earlier one of its name. An operator's drain stays.
  public void enrol(Self self) {
    var row =
        List.of(self.address(), self.incarnation(), String.join(",", self.roles()), self.name());
    rows.transaction(connection -> {
      var updated =
          Sql.update(
              connection,
              "UPDATE node SET address = ?, incarnation = ?, roles = ?, joined = FALSE,"
                  + " beat_at = CURRENT_TIMESTAMP WHERE name = ?",
              row);
      return updated > 0
          ? updated
          : Sql.update(
              connection,
              "INSERT INTO node (address, incarnation, roles, name, joined, beat_at)"
                  + " VALUES (?, ?, ?, ?, FALSE, CURRENT_TIMESTAMP)",
              row);
    });
  }

  /// The address of another live node of this name; null when there is none. A node that comes back
  /// to its own address is not another.
  public @Nullable String namesake(Self self) {
    for (var node : rows.transaction(connection -> named(connection, self.name()))) {
      var other = !node.address().equals(self.address());
      if (other && node.live() && !node.hasLeft()) return node.address();
    }
    return null;
  }

  /// What the registry says of this node, without a sign of life: for a node that is alone.
  public Beat look(Self self) {
    return rows.transaction(connection -> told(connection, self));
  }

  /// A sign of life.
  ///
  /// @param joined whether the node is a member of the cluster now
  public Beat beat(Self self, boolean joined) {
    return rows.transaction(connection -> {
      Sql.update(
          connection,
          "UPDATE node SET beat_at = CURRENT_TIMESTAMP, joined = ?"
              + " WHERE name = ? AND incarnation = ?",
          List.of(joined, self.name(), self.incarnation()));
      return told(connection, self);
    });
  }

  private static Beat told(Connection connection, Self self) throws SQLException {
    var it = find(connection, self.name());
    return new Beat(
        it != null && it.incarnation().equals(self.incarnation()),
        generation(connection, ""),
        it == null ? null : it.drained(),
        now(connection));
  }

  /// Leaves the row of a node that may come back, so that a drained one is still drained then.
  public void leave(Self self) {
    var sql =
        self.passing() ? "DELETE FROM node" : "UPDATE node SET joined = FALSE, incarnation = ''";
    rows.update(sql + " WHERE name = ? AND incarnation = ?", self.name(), self.incarnation());
  }

  /// Begins a new cluster with this node alone, unless a member of the present one still lives. Two
  /// nodes never both succeed.
  ///
  /// @return the generation that begins; empty when this node may not go ahead
  public OptionalLong form(Self self) {
    return rows.transaction(connection -> {
      // The row is the lock: whoever comes second sees the first as a member.
      var generation = generation(connection, " FOR UPDATE");
      for (var node : list(connection)) {
        if (node.joined() && node.live() && !node.name().equals(self.name())) {
          return OptionalLong.empty();
        }
      }
      Sql.update(
          connection, "UPDATE cluster_generation SET generation = ?", List.of(generation + 1));
      Sql.update(
          connection,
          "UPDATE node SET joined = TRUE, beat_at = CURRENT_TIMESTAMP WHERE name = ?",
          List.of(self.name()));
      forgetOld(connection);
      return OptionalLong.of(generation + 1);
    });
  }

  public List<Registered> nodes() {
    return rows.transaction(NodeRegistry::list);
  }

  /// Drains the node, or lets it take work again. Doing either twice changes nothing.
  ///
  /// @return false when there is no such node
  public boolean drain(String name, boolean drained) {
    return rows.transaction(connection -> {
      Sql.update(
          connection,
          drained
              ? "UPDATE node SET drained_at = CURRENT_TIMESTAMP"
                  + " WHERE name = ? AND drained_at IS NULL"
              : "UPDATE node SET drained_at = NULL WHERE name = ?",
          List.of(name));
      return find(connection, name) != null;
    });
  }

  /// By the clock of the database.
  public Instant now() {
    return rows.transaction(NodeRegistry::now);
  }

  private static Instant now(Connection connection) throws SQLException {
    return one(
        connection,
        "SELECT CURRENT_TIMESTAMP AS now_at FROM cluster_generation",
        row -> row.getObject("now_at", OffsetDateTime.class).toInstant());
  }

  private static long generation(Connection connection, String lock) throws SQLException {
    return one(
        connection,
        "SELECT generation FROM cluster_generation WHERE id = 1" + lock,
        row -> row.getLong(1));
  }

  private static <T> T one(Connection connection, String sql, Sql.Mapper<T> mapper)
      throws SQLException {
    var found = Sql.one(connection, sql, mapper, List.of());
    if (found == null) throw new SQLException("the table cluster_generation is empty");
    return found;
  }

  private static void forgetOld(Connection connection) throws SQLException {
    for (var node : list(connection)) {
      if (node.forgotten())
        Sql.update(connection, "DELETE FROM node WHERE name = ?", List.of(node.name()));
    }
  }

  private static @Nullable Registered find(Connection connection, String name) throws SQLException {
    var found = named(connection, name);
    return found.isEmpty() ? null : found.getFirst();
  }

  private static List<Registered> named(Connection connection, String name) throws SQLException {
    return select(connection, "WHERE name = ?", name);
  }

  private static List<Registered> list(Connection connection) throws SQLException {
    return select(connection, "ORDER BY name LIMIT " + NODES_MAX);
  }

  private static List<Registered> select(Connection connection, String which, Object... values)
      throws SQLException {
    return Sql.all(
        connection,
        "SELECT name, address, incarnation, roles, joined, beat_at, drained_at,"
            + " CURRENT_TIMESTAMP AS now_at FROM node "
            + which,
        NodeRegistry::read,
        List.of(values));
  }

  private static Registered read(ResultSet row) throws SQLException {
    var now = row.getObject("now_at", OffsetDateTime.class);
    var drained = row.getObject("drained_at", OffsetDateTime.class);
    return new Registered(
        row.getString("name"),
        row.getString("address"),
        row.getString("incarnation"),
        List.of(row.getString("roles").split(",")),
        row.getBoolean("joined"),
        Duration.between(row.getObject("beat_at", OffsetDateTime.class), now),
        drained == null ? null : Duration.between(drained, now));
  }
}
