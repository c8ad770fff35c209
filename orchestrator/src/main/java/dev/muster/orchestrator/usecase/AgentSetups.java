package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.engine.instruction.AgentFiles;
import dev.muster.orchestrator.engine.plan.Plan;
import dev.muster.orchestrator.journal.storage.Manifests;
import dev.muster.protocol.agent.AgentSetup;
import dev.muster.protocol.agent.AgentSetup.Replay;
import dev.muster.protocol.run.RunSettings;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Takes from a folder what its agents work by, and keeps it for the run.
///
/// @param hasModels whether models are set up
record AgentSetups(Manifests manifests, BooleanSupplier hasModels) {
  RunSettings with(RunSettings settings, AgentFiles files, Plan plan, @Nullable Path wanted) {
    if (settings.rehearse()) return settings;
    var hasAgents = plan.instructions().stream().anyMatch(it -> it.brief() != null);
    var replay = hasAgents ? replay(files, wanted) : null;
    var digest = manifests.put(new AgentSetup(files.template(), files.roles(), replay));
    return settings.withAgents(digest, replay == null ? null : replay.label());
  }

  /// A folder's own tape is for those who have no model.
  private @Nullable Replay replay(AgentFiles files, @Nullable Path wanted) {
    var file = wanted != null ? wanted : hasModels.getAsBoolean() ? null : files.cassette();
    if (file == null) return null;
    var cassette = CassetteFile.read(file);
    return new Replay(manifests.put(cassette), cassette.label());
  }
}
