package dev.muster.node.executor;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.agent.AgentProgress;
import dev.muster.node.agent.Ledger;
import dev.muster.node.agent.Ledger.Claim;
import dev.muster.node.agent.Spend;
import dev.muster.node.executor.AgentAsking.Heard;
import dev.muster.node.executor.Gate.SilentException;
import dev.muster.protocol.run.SubWorkerId;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The part of one agent in what all agents of its run and its wave may use together. What only the
/// calls of others hold is waited for, without a slot: they end, and use less than they hold.
record AgentShares(
    AttemptSetting setting,
    Ledger ledger,
    AgentLimits limits,
    AgentAsking asking,
    InstantSource clock) {
  private static final Logger LOG = LoggerFactory.getLogger(AgentShares.class);
  private static final Duration LOOK = Duration.ofMillis(500);

  /// No call lasts as long.
  private static final Duration WAIT_MAX = Duration.ofMinutes(10);

  /// Takes what the next call may use at most.
  ///
  /// @param ordinal that the turn would have
  /// @return what ends the attempt; null when the call may begin
  @Nullable AttemptReport reserve(AgentProgress used, Spend next, int ordinal)
      throws IOException, InterruptedException, SilentException {
    var claim = claim(used, next);
    var until = clock.instant().plus(WAIT_MAX);
    while (true) {
      var full = ledger.reserve(claim);
      if (full == null) return null;
      if (full.passes() && clock.instant().isBefore(until)) {
        Thread.sleep(LOOK);
        continue;
      }
      if (!limits.asks()) return new Unsuccessful(full.sentence(), false, null);
      switch (asking.more(ordinal, full.sentence())) {
        case Heard.Said _ -> {
          var worker = setting.request().assignment().worker();
          ledger.raise(full, "%s#%d over %s".formatted(worker, ordinal, full.limit()));
        }
        case Heard.Wait(var waiting) -> {
          return waiting;
        }
        case Heard.No(var decision, var reason) -> {
          return new Unsuccessful(
              "%s; asked for as much again: %s, %s".formatted(full.sentence(), decision, reason),
              false,
              null);
        }
      }
    }
  }

  /// Before others begin to use of its share. Whoever was reopened has as much again.
  void open(AgentProgress used) throws IOException {
    var claim = claim(used, Spend.NONE);
    ledger.settle(claim);
    var tree = claim.tree();
    if (tree == null || !tree.equals(claim.worker())) return;
    var scope = new Ledger.Full(claim.run(), "tree " + tree, "", false);
    for (var epoch = 1; epoch <= setting.request().epoch(); epoch++) {
      ledger.raise(scope, "epoch " + epoch);
    }
  }

  /// Nothing is under way any more. Where it cannot be told, the next call does.
  void settle(AgentProgress used) {
    try {
      ledger.settle(claim(used, Spend.NONE));
    } catch (IOException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  private Claim claim(AgentProgress used, Spend next) {
    var assignment = setting.request().assignment();
    var worker = assignment.worker();
    var inTree = used.spawned() || SubWorkerId.isSub(worker);
    return new Claim(
        assignment.run(),
        assignment.wave(),
        worker,
        used.total(),
        next,
        inTree ? SubWorkerId.root(worker) : null);
  }
}
