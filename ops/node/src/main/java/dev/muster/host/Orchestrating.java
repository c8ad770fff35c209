package dev.muster.host;

import dev.muster.host.settings.SettingKeys;
import dev.muster.node.models.pool.ModelPool;
import dev.muster.node.sandbox.Sandbox;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.app.GateAudit;
import dev.muster.orchestrator.app.Mandates;
import dev.muster.orchestrator.app.NodeLogs;
import dev.muster.orchestrator.app.Orchestrator;
import dev.muster.orchestrator.app.ResultsListener;
import dev.muster.orchestrator.app.ResultsOwner;
import dev.muster.orchestrator.app.SettledInJournal;
import dev.muster.orchestrator.app.Truth;
import dev.muster.orchestrator.engine.membership.NodeRegistry;
import dev.muster.orchestrator.journal.storage.ResultsOwnerTable;
import dev.muster.orchestrator.readside.result.ResultsWriter;
import dev.muster.orchestrator.readside.table.ReadSide;
import dev.muster.orchestrator.readside.webhook.WebhookReader;
import dev.muster.orchestrator.readside.webhook.WebhookSender;
import dev.muster.orchestrator.security.audit.AgentViolations;
import dev.muster.orchestrator.security.identity.Identities;
import dev.muster.orchestrator.security.identity.OperatorToken;
import dev.muster.orchestrator.usecase.FolderRuns;
import dev.muster.orchestrator.usecase.Folders;
import dev.muster.orchestrator.usecase.Nodes;
import dev.muster.orchestrator.usecase.OpenFolders;
import dev.muster.orchestrator.usecase.RunIds;
import dev.muster.orchestrator.usecase.RunLessons;
import dev.muster.orchestrator.usecase.SentTargets;
import dev.muster.orchestrator.usecase.ShardedGates;
import dev.muster.orchestrator.usecase.ShardedRuns;
import dev.muster.protocol.proof.Seals;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.jspecify.annotations.Nullable;

/// The deciding half of a node: runs, gates, results, and the API in front of them.
record Orchestrating(
    NodeOptions options,
    String version,
    InstantSource clock,
    Executor blocking,
    Stores stores,
    OperatorToken token,
    ReadSide readSide,
    ResultsWriter writer,
    ResultsListener results,
    Seals seals,
    List<WebhookSender> senders) {
  /// Reads and writes nothing in the database yet.
  static Orchestrating create(
      NodeOptions options,
      String version,
      InstantSource clock,
      Executor blocking,
      Stores stores,
      Seals seals,
      Deque<AutoCloseable> opened)
      throws IOException {
    var targets = Webhooks.targets(options.settings().http().webhooks());
    var violated = new AgentViolations(stores.audit());
    var readSide =
        ReadSide.of(
            stores.source(),
            clock,
            targets.isEmpty()
                ? List.of(violated)
                : List.of(violated, new WebhookReader(targets, clock)));
    opened.push(readSide.tail());
    var senders = Webhooks.senders(stores.source(), targets, clock);
    if (!options.control()) senders.forEach(sender -> opened.push(sender.start()));
    var writer =
        new ResultsWriter(readSide.runs(), stores.instructions()::find, stores.files().artifacts());
    var results = new ResultsListener(writer);
    opened.push(results);
    var token = OperatorToken.loadOrCreate(options.settings().http().tokenFile());
    return new Orchestrating(
        options, version, clock, blocking, stores, token, readSide, writer, results, seals,
        senders);
  }

  /// @param sandbox how this node confines scripts; null when it runs none
  /// @param models what this node can reach
  Api begin(
      ActorContext<?> guardian,
      ModelPool models,
      BooleanSupplier ready,
      @Nullable Sandbox sandbox) {
    var settings = options.settings();
    var system = guardian.getSystem();
    var random = new SecureRandom();
    var identities = Identities.of(stores.source(), settings.http().issuer(), clock);
    results.ownedBy(ResultsOwner.of(new ResultsOwnerTable(stores.source()), system));
    var lessons = new RunLessons(readSide.runs(), clock);
    var headroom =
        Orchestrator.start(
            guardian,
            settings.nodeName(),
            new Orchestrator.Runs(
                results,
                settings.database().isServer()
                    ? new SettledInJournal(readSide.runs().journal(), stores.violations(), blocking)
                    : Truth.ITS_WORD,
                stores.manifests(),
                stores.handovers(),
                stores.instructions(),
                settings.agents().subWorkers()),
            new Orchestrator.Gates(
                new GateAudit(stores.audit()),
                new Mandates(seals, identities, stores.violations(), blocking, clock),
                settings.http().rules()),
            new Orchestrator.Shared(
                readSide.runs()::plan,
                (run, worker) ->
                    CompletableFuture.supplyAsync(() -> lessons.of(run, worker), blocking),
                settings.agents().roundsMax()),
            clock);
    if (!options.control()) {
      // Runs of earlier nodes are left alone until somebody asks for them to be resumed.
      var from = options.resume() ? "" : new RunIds(clock, random).next();
      Orchestrator.carryOn(guardian, readSide.runs(), results, blocking, from);
    }
    readSide.tail().start();
    var registry = settings.database().isServer() ? new NodeRegistry(stores.source()) : null;
    var sharding = ClusterSharding.get(system);
    var runs = new ShardedRuns(sharding);
    var creator =
        new FolderRuns(
            stores.instructions(),
            stores.manifests(),
            readSide.runs().journal(),
            runs,
            stores.files().targets(),
            () -> !models.settings().profiles().isEmpty(),
            new FolderRuns.Defaults(
                options.data(),
                settings.http().tokenFile(),
                settings.results(),
                Path.of("").toAbsolutePath(),
                Working.home(),
                settings.slots(),
                settings.approvalWaitMax()));
    return new Api(
        readSide,
        runs,
        new ShardedGates(sharding, seals, clock),
        Nodes.asking(headroom, system, registry),
        creator,
        new Folders(options.data().resolve("uploads"), settings.slots()),
        new SentTargets(stores.files().artifacts(), options.data()),
        new OpenFolders(
            Stream.concat(
                    Stream.of(Path.of("").toAbsolutePath()), settings.http().folders().stream())
                .toList()),
        writer,
        stores.instructions()::text,
        stores.instructions()::find,
        stores.files().logs().apply(new NodeLogs(system)),
        new FilesOfRuns(options.data(), settings.nodeName()),
        stores.source(),
        token,
        identities,
        settings.http().rules(),
        stores.audit(),
        stores.secrets().store(),
        () -> SettingKeys.of(settings),
        new NodeModels(models),
        new NodeConversations(stores.files().artifacts()),
        () -> senders.stream().map(WebhookSender::standing).toList(),
        settings.shown(),
        ready,
        sandbox == null ? null : Sandboxes.view(sandbox),
        clock,
        random,
        version);
  }
}
