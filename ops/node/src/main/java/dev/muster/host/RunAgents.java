package dev.muster.host;

import dev.muster.host.settings.ProviderKey;
import dev.muster.host.settings.Settings;
import dev.muster.node.agent.AgentLimits;
import dev.muster.node.agent.AgentSource;
import dev.muster.node.agent.Agents;
import dev.muster.node.agent.Ledger;
import dev.muster.node.agent.prompt.SetupBriefing;
import dev.muster.node.executor.Vault;
import dev.muster.node.models.cassette.Replay;
import dev.muster.node.models.pool.ModelPool;
import dev.muster.node.sql.SqlDoor;
import dev.muster.node.tools.McpTools;
import dev.muster.node.tools.SqlTool;
import dev.muster.node.tools.Tool;
import dev.muster.orchestrator.journal.storage.Manifests;
import dev.muster.protocol.agent.AgentSetup;
import dev.muster.protocol.agent.Cassette;
import dev.muster.protocol.instruction.Brief;
import dev.muster.protocol.run.SubWorkerId;
import dev.muster.protocol.worker.Assignment;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the agents of a run work with: what the run was given when it was created, by its digest.
final class RunAgents implements AgentSource {
  /// Runs of which a node keeps it at hand.
  private static final int KEPT_MAX = 8;

  private final Manifests manifests;
  private final ModelPool models;
  private final List<Tool> tools;
  private final AgentLimits limits;
  private final Ledger ledger;
  private final Settings.Outside outside;
  private final List<SqlDoor> doors;
  private final InstantSource clock;
  private final Map<String, Given> kept = new LinkedHashMap<>();

  /// @param models what is asked where no tape answers
  /// @param vault has passwords of databases
  RunAgents(
      Manifests manifests,
      ModelPool models,
      List<Tool> tools,
      AgentLimits limits,
      Ledger ledger,
      Settings.Outside outside,
      Vault vault,
      InstantSource clock) {
    this.manifests = manifests;
    this.models = models;
    this.tools = List.copyOf(tools);
    this.limits = limits;
    this.ledger = ledger;
    this.outside = outside;
    this.doors =
        outside.sources().stream()
            .map(it -> new SqlDoor(it.with(ProviderKey.opened(it.password(), vault))))
            .toList();
    this.clock = clock;
  }

  private record Given(@Nullable AgentSetup setup, ModelPool pool) {}

  @Override
  public Agents of(Assignment assignment, Brief brief) throws IOException {
    var digest = assignment.agents();
    var given = digest == null ? new Given(null, models) : given(digest);
    var setup = given.setup();
    var all = new ArrayList<>(tools);
    all.addAll(McpTools.of(outside.servers(), brief.boundaries()));
    all.addAll(SqlTool.of(doors, brief.boundaries()));
    var agents =
        new Agents(given.pool(), all, new SetupBriefing(setup), limits)
            .with(ledger)
            // An agent of others has tools of its own, which nobody above may have.
            .with(SubWorkerId.isSub(assignment.worker()) ? Map.of() : outside.agents())
            .knowing(setup == null ? List.of() : setup.roles());
    if (setup == null) return agents;
    // A sub-worker has no tool that one above it lacks.
    for (var above : brief.within()) agents = agents.in(setup.role(above));
    return agents.in(setup.role(brief.role()));
  }

  private synchronized Given given(String digest) throws IOException {
    var known = kept.get(digest);
    if (known != null) return known;
    var setup = manifests.find(digest, AgentSetup.class);
    if (setup == null)
      throw new IOException("what its run gave to agents is not stored: " + digest);
    var given = new Given(setup, pool(setup.replay()));
    if (kept.size() == KEPT_MAX) kept.remove(kept.keySet().iterator().next());
    kept.put(digest, given);
    return given;
  }

  private ModelPool pool(AgentSetup.@Nullable Replay replay) throws IOException {
    if (replay == null) return models;
    var cassette = manifests.find(replay.cassette(), Cassette.class);
    if (cassette == null) throw new IOException("the cassette of its run is not stored");
    return Replay.of(cassette, clock);
  }
}
