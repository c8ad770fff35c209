package dev.muster.host;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.agent.Allowance;
import dev.muster.node.agent.Ledger;
import dev.muster.node.agent.Spend;
import dev.muster.orchestrator.journal.jdbc.Sql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The ledger in the database that the nodes share. Who reserves holds the row of its run until it
/// has counted itself in, so that two never see the same room.
///
/// @param run what all agents of a run may use
/// @param wave what those of one of its waves may
/// @param tree what a worker and all its sub-workers may: as much as the worker alone
record StoredLedger(DataSource database, Allowance run, Allowance wave, Allowance tree)
    implements Ledger {
  private static final String RUN = "run";
  private static final int TRIES_MAX = 5;

  static Allowance tree(AgentLimits limits) {
    return new Allowance(
        (long) limits.turnsMax(), limits.tokensMax(), limits.costMicrosMax(), limits.timeMax());
  }

  /// Where nothing is limited, nobody is asked.
  private boolean countsNothing(Claim claim) {
    return claim.tree() == null && run.isNone() && wave.isNone();
  }

  /// @param used what has been used
  /// @param held for calls under way
  private record Counted(Spend used, Spend held) {
    static final Counted NOTHING = new Counted(Spend.NONE, Spend.NONE);

    Counted plus(Counted other, int sign) {
      return new Counted(sum(used, other.used, sign), sum(held, other.held, sign));
    }
  }

  private record Scope(String name, Allowance allowance) {}

  @Override
  public @Nullable Full reserve(Claim claim) throws IOException {
    if (countsNothing(claim)) return null;
    var found =
        transaction(connection -> {
          var own = own(connection, claim);
          var scopes = scopes(claim);
          for (var scope : scopes) {
            // What it held before is given back by asking anew.
            var others = counted(connection, claim, scope).plus(own, -1);
            var full = full(connection, claim, scope, others);
            if (full != null) return List.of(full);
          }
          count(connection, claim, own, scopes);
          return List.of();
        });
    return found.isEmpty() ? null : found.getFirst();
  }

  @Override
  public void settle(Claim claim) throws IOException {
    if (countsNothing(claim)) return;
    transaction(connection -> {
      var scopes = scopes(claim);
      // The row of the run first, as whoever reserves does.
      for (var scope : scopes) {
        var _ = counted(connection, claim, scope);
      }
      count(connection, claim, own(connection, claim), scopes);
      return List.of();
    });
  }

  @Override
  public void raise(Full full, String source) throws IOException {
    transaction(connection -> {
      var named = List.<Object>of(full.run(), full.scope(), source);
      var is =
          Sql.one(
              connection,
              "SELECT run FROM agent_raise WHERE run = ? AND scope = ? AND source = ?",
              row -> row.getString(1),
              named);
      if (is == null) {
        Sql.update(
            connection, "INSERT INTO agent_raise (run, scope, source) VALUES (?, ?, ?)", named);
      }
      return List.of();
    });
  }

  private List<Scope> scopes(Claim claim) {
    var scopes = new ArrayList<Scope>();
    scopes.add(new Scope(RUN, run));
    if (claim.wave() != null) scopes.add(new Scope("wave " + claim.wave(), wave));
    if (claim.tree() != null) scopes.add(new Scope("tree " + claim.tree(), tree));
    return scopes;
  }

  private static @Nullable Full full(
      Connection connection, Claim claim, Scope scope, Counted others) throws SQLException {
    if (scope.allowance().isNone()) return null;
    var times = 1 + raised(connection, claim.run(), scope.name());
    var used = sum(others.used(), claim.used(), 1);
    var limit = scope.allowance().refusal(times, sum(used, others.held(), 1), claim.next());
    if (limit == null) return null;
    var lasting = scope.allowance().refusal(times, used, claim.next());
    return new Full(claim.run(), scope.name(), lasting == null ? limit : lasting, lasting == null);
  }

  private static long raised(Connection connection, String run, String scope) throws SQLException {
    var count =
        Sql.one(
            connection,
            "SELECT COUNT(*) FROM agent_raise WHERE run = ? AND scope = ?",
            row -> row.getLong(1),
            List.of(run, scope));
    return count == null ? 0 : count;
  }

  /// What all together have, with the row locked, which is made where there is none.
  private static Counted counted(Connection connection, Claim claim, Scope scope)
      throws SQLException {
    var run = claim.run();
    var found = row(connection, "agent_budget", "scope", run, scope.name(), " FOR UPDATE");
    if (found != null) return found;
    var before = before(connection, claim, scope);
    insert(connection, "agent_budget", "scope", run, scope.name(), before);
    return before;
  }

  /// Whoever begins a tree may have been counted already, for its run.
  private static Counted before(Connection connection, Claim claim, Scope scope)
      throws SQLException {
    var tree = claim.tree();
    if (tree == null || !scope.name().equals("tree " + tree)) return Counted.NOTHING;
    var found = row(connection, "agent_claim", "worker", claim.run(), tree, "");
    return found == null ? Counted.NOTHING : found;
  }

  private static Counted own(Connection connection, Claim claim) throws SQLException {
    var found = row(connection, "agent_claim", "worker", claim.run(), claim.worker(), "");
    return found == null ? Counted.NOTHING : found;
  }

  private static void count(Connection connection, Claim claim, Counted before, List<Scope> scopes)
      throws SQLException {
    var now = new Counted(claim.used(), claim.next());
    if (update(connection, "agent_claim", "worker", claim.run(), claim.worker(), now) == 0) {
      insert(connection, "agent_claim", "worker", claim.run(), claim.worker(), now);
    }
    for (var scope : scopes) {
      var sum = counted(connection, claim, scope).plus(before, -1).plus(now, 1);
      update(connection, "agent_budget", "scope", claim.run(), scope.name(), sum);
    }
  }

  private static @Nullable Counted row(
      Connection connection, String table, String key, String run, String name, String lock)
      throws SQLException {
    return Sql.one(
        connection,
        "SELECT turns, tokens, cost_micros, millis, held_turns, held_tokens, held_cost_micros FROM "
            + table
            + " WHERE run = ? AND "
            + key
            + " = ?"
            + lock,
        row ->
            new Counted(
                new Spend(row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                new Spend(row.getInt(5), row.getLong(6), row.getLong(7), 0)),
        List.of(run, name));
  }

  private static void insert(
      Connection connection, String table, String key, String run, String name, Counted counted)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO "
            + table
            + " (turns, tokens, cost_micros, millis, held_turns, held_tokens, held_cost_micros,"
            + " run, "
            + key
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values(counted, run, name));
  }

  private static int update(
      Connection connection, String table, String key, String run, String name, Counted counted)
      throws SQLException {
    return Sql.update(
        connection,
        "UPDATE "
            + table
            + " SET turns = ?, tokens = ?, cost_micros = ?, millis = ?, held_turns = ?,"
            + " held_tokens = ?, held_cost_micros = ? WHERE run = ? AND "
            + key
            + " = ?",
        values(counted, run, name));
  }

  private static List<Object> values(Counted counted, String run, String name) {
    var used = counted.used();
    var held = counted.held();
    return List.of(
        used.turns(),
        used.tokens(),
        used.costMicros(),
        used.millis(),
        held.turns(),
        held.tokens(),
        held.costMicros(),
        run,
        name);
  }

  private static Spend sum(Spend one, Spend other, int sign) {
    return new Spend(
        one.turns() + sign * other.turns(),
        one.tokens() + sign * other.tokens(),
        one.costMicros() + sign * other.costMicros(),
        one.millis() + sign * other.millis());
  }

  /// On a thread that nobody interrupts: H2 closes its file under one that is.
  private List<Full> transaction(Sql.Work<List<Full>, IOException> work) throws IOException {
    var done = new CompletableFuture<List<Full>>();
    Thread.ofVirtual().name("agent-ledger").start(() -> complete(done, work));
    try {
      return done.join();
    } catch (CompletionException e) {
      throw new IOException("what agents may use cannot be counted: " + e.getCause(), e);
    }
  }

  /// Another may have made a row meanwhile, or the two have met.
  private void complete(
      CompletableFuture<List<Full>> done, Sql.Work<List<Full>, IOException> work) {
    for (var tries = 1; !done.isDone(); tries++) {
      try {
        done.complete(Sql.transaction(database, work));
      } catch (SQLException | IOException | RuntimeException e) {
        if (tries == TRIES_MAX) done.completeExceptionally(e);
      } catch (Error e) {
        done.completeExceptionally(e); // or somebody would wait for ever
        throw e;
      }
    }
  }
}
