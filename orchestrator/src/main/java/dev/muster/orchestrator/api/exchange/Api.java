package dev.muster.orchestrator.api.exchange;

import dev.muster.orchestrator.readside.result.ResultsWriter;
import dev.muster.orchestrator.readside.table.GateViews;
import dev.muster.orchestrator.readside.table.ReadSide;
import dev.muster.orchestrator.readside.table.RunViews;
import dev.muster.orchestrator.readside.webhook.WebhookStanding;
import dev.muster.orchestrator.security.audit.AuditLog;
import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.orchestrator.security.identity.Identities;
import dev.muster.orchestrator.security.identity.OperatorToken;
import dev.muster.orchestrator.security.secret.SecretStore;
import dev.muster.orchestrator.usecase.Conversations;
import dev.muster.orchestrator.usecase.Folders;
import dev.muster.orchestrator.usecase.Gates;
import dev.muster.orchestrator.usecase.LogSource;
import dev.muster.orchestrator.usecase.Models;
import dev.muster.orchestrator.usecase.Nodes;
import dev.muster.orchestrator.usecase.OpenFolders;
import dev.muster.orchestrator.usecase.RunCreator;
import dev.muster.orchestrator.usecase.RunFiles;
import dev.muster.orchestrator.usecase.Runs;
import dev.muster.orchestrator.usecase.SentTargets;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.view.RunView;
import dev.muster.protocol.view.SettingView;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What the API stands on.
///
/// @param readSide what the journal says, as rows
/// @param folders looks at folders of instructions before a run takes them
/// @param targets keeps targets that are sent
/// @param open what callers who do not administer may name of this machine
/// @param texts finds an instruction's text by its digest
/// @param instructions finds what texts were compiled to, by their digests
/// @param logs finds what attempts printed
/// @param files what this node has of runs beside the journal
/// @param identities everybody who may call besides the owner
/// @param rules how many people must approve what
/// @param audit remembers who did what
/// @param secrets values that operations are given by name
/// @param keys values that the settings of this node name, by `env:` and `file:`, as they are now
/// @param models the language models that this node can reach
/// @param conversations what agents and models said to each other
/// @param webhooks how far each program is that is told what happens
/// @param ready whether this node can carry out commands yet
/// @param settings what this node was set to, and by what; secrets are not in it
/// @param sandbox how this node confines scripts; null when it runs none
/// @param random for ids, never for secrets
public record Api(
    ReadSide readSide,
    Runs runs,
    Gates gates,
    Nodes nodes,
    RunCreator creator,
    Folders folders,
    SentTargets targets,
    OpenFolders open,
    ResultsWriter results,
    Function<String, @Nullable String> texts,
    Function<Collection<String>, Map<String, WorkerInstruction>> instructions,
    LogSource logs,
    RunFiles files,
    DataSource database,
    OperatorToken token,
    Identities identities,
    ApprovalRules rules,
    AuditLog audit,
    SecretStore secrets,
    Supplier<List<String>> keys,
    Models models,
    Conversations conversations,
    Supplier<List<WebhookStanding>> webhooks,
    List<SettingView> settings,
    BooleanSupplier ready,
    RunView.@Nullable Sandbox sandbox,
    InstantSource clock,
    RandomGenerator random,
    String version) {
  public RunViews views() {
    return readSide.runs();
  }

  public GateViews approvals() {
    return readSide.gates();
  }
}
