package dev.muster.orchestrator.api.server;

import com.typesafe.config.ConfigFactory;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.identity.SessionEndpoints;
import dev.muster.orchestrator.api.identity.TokenEndpoints;
import dev.muster.orchestrator.api.identity.UserEndpoints;
import dev.muster.orchestrator.api.metrics.Metrics;
import dev.muster.orchestrator.api.metrics.Timings;
import dev.muster.orchestrator.api.resource.ApprovalEndpoints;
import dev.muster.orchestrator.api.resource.ArchiveEndpoints;
import dev.muster.orchestrator.api.resource.AuditEndpoints;
import dev.muster.orchestrator.api.resource.CommonsEndpoints;
import dev.muster.orchestrator.api.resource.ConsoleEndpoints;
import dev.muster.orchestrator.api.resource.ConversationEndpoints;
import dev.muster.orchestrator.api.resource.DocEndpoints;
import dev.muster.orchestrator.api.resource.DrainEndpoints;
import dev.muster.orchestrator.api.resource.FolderEndpoints;
import dev.muster.orchestrator.api.resource.Journals;
import dev.muster.orchestrator.api.resource.LatitudeEndpoints;
import dev.muster.orchestrator.api.resource.MetricsEndpoints;
import dev.muster.orchestrator.api.resource.ModelEndpoints;
import dev.muster.orchestrator.api.resource.NodeEndpoints;
import dev.muster.orchestrator.api.resource.PlanEndpoints;
import dev.muster.orchestrator.api.resource.PolicyEndpoints;
import dev.muster.orchestrator.api.resource.ReaderEndpoints;
import dev.muster.orchestrator.api.resource.RunEndpoints;
import dev.muster.orchestrator.api.resource.SecretEndpoints;
import dev.muster.orchestrator.api.resource.SettingEndpoints;
import dev.muster.orchestrator.api.resource.TextEndpoints;
import dev.muster.orchestrator.api.resource.VersionEndpoints;
import dev.muster.orchestrator.api.resource.WaveEndpoints;
import dev.muster.orchestrator.api.resource.WorkerEndpoints;
import dev.muster.orchestrator.api.stream.EventEndpoints;
import dev.muster.orchestrator.engine.membership.NodeRegistry;
import dev.muster.orchestrator.usecase.ClusterNodes;
import dev.muster.orchestrator.usecase.RunLookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.IncomingConnection;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;

/// The HTTP side of a node: its health from the beginning, and the API from when there is one.
public final class HttpServer {
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);
  private static final Duration IDLE_LONGER = Duration.ofSeconds(15);

  private final ActorSystem<?> system;
  private final HttpSettings settings;

  /// One virtual thread a request: handlers read the database and wait for entities. They are never
  /// interrupted, since H2 closes its file when one of its readers is.
  private final Executor executor = Executors.newVirtualThreadPerTaskExecutor();

  private final AtomicInteger port = new AtomicInteger();
  private final Connections connections =
      new Connections(() -> System.nanoTime() / 1_000_000, () -> LocalPeers.users(port.get()));
  private final Timings timings = new Timings();
  private volatile Handler handler;

  /// What becomes of a request on a connection. Never fails.
  private interface Handler {
    CompletionStage<HttpResponse> handle(HttpRequest request, Connections.Connection connection);
  }

  /// @param health of a node that has no API, or not yet
  public HttpServer(ActorSystem<?> system, HttpSettings settings, Supplier<Health> health) {
    this.system = system;
    this.settings = settings;
    var only = new HealthOnly(system, health);
    this.handler = (request, _) -> only.handle(request);
  }

  /// Binds the address and serves the API at once.
  public static CompletionStage<ServerBinding> start(
      ActorSystem<?> system, HttpSettings settings, Api api) {
    var server = new HttpServer(system, settings, () -> Health.STARTING);
    server.serve(api);
    return server.bind();
  }

  /// The stage fails when the address is taken; the binding's `localAddress` tells the port that
  /// was found for port 0.
  public CompletionStage<ServerBinding> bind() {
    var server =
        Http.get(system)
            .newServerAt(settings.host(), settings.port())
            .withSettings(serverSettings());
    var tls = settings.tls();
    var binding =
        (tls == null ? server : server.enableHttps(ConnectionContext.httpsServer(tls)))
            .connectionSource()
            .to(Sink.foreach(this::accept))
            .run(system);
    return binding.thenApply(this::watch);
  }

  private ServerBinding watch(ServerBinding binding) {
    port.set(binding.localAddress().getPort());
    system
        .scheduler()
        .scheduleAtFixedRate(
            SWEEP_EVERY, SWEEP_EVERY, connections::sweep, system.executionContext());
    return binding;
  }

  private void accept(IncomingConnection incoming) {
    var ending = KillSwitches.shared("connection");
    var connection = connections.open(incoming.remoteAddress(), ending::shutdown);
    incoming.handleWith(
        Flow.of(HttpRequest.class)
            .via(ending.flow())
            .mapAsync(
                1,
                request ->
                    handler
                        .handle(request, connection)
                        .thenApply(response -> {
                          timings.answered(response.status().intValue());
                          return Witnesses.watched(request, response);
                        }))
            .watchTermination((left, done) -> {
              done.whenComplete((Done _, Throwable _) -> connection.closed());
              return left;
            }),
        Materializer.matFromSystem(system));
  }

  /// From now on the whole API.
  public void serve(Api api) {
    var endpoints = endpoints(api, settings.tls() != null, settings.docs(), executor, timings);
    var router = new Router(endpoints.stream().map(timings::timed).toList());
    handler = new Requests(system, settings, api, router, executor)::handle;
  }

  static List<Endpoint> endpoints(
      Api api, boolean overTls, boolean docs, Executor executor, Timings timings) {
    var lookup = new RunLookup(api.views(), api.runs(), api.ready(), api.sandbox());
    var nodes = new ClusterNodes(api.nodes(), new NodeRegistry(api.database()));
    var endpoints = new ArrayList<Endpoint>();
    endpoints.addAll(new RunEndpoints(api, lookup).all());
    endpoints.addAll(new PlanEndpoints(api, lookup).all());
    endpoints.addAll(new TextEndpoints(api, lookup).all());
    var journals = new Journals(api.views().journal(), api.readSide().tail()::complete, executor);
    endpoints.addAll(new WorkerEndpoints(api, lookup, journals).all());
    endpoints.addAll(new ConversationEndpoints(api, lookup, journals).all());
    endpoints.addAll(new CommonsEndpoints(api.readSide().commons(), lookup, journals).all());
    endpoints.addAll(new ApprovalEndpoints(api, lookup).all());
    endpoints.addAll(new LatitudeEndpoints(api, lookup).all());
    endpoints.addAll(new FolderEndpoints(api).all());
    endpoints.addAll(new VersionEndpoints(api).all());
    endpoints.addAll(new ArchiveEndpoints(api, lookup).all());
    endpoints.addAll(new PolicyEndpoints(api, lookup).all());
    endpoints.addAll(new WaveEndpoints(lookup).all());
    endpoints.addAll(new NodeEndpoints(api, nodes).all());
    endpoints.addAll(new DrainEndpoints(nodes).all());
    endpoints.addAll(new MetricsEndpoints(new Metrics(api, nodes, timings)).all());
    endpoints.addAll(new EventEndpoints(api, lookup, nodes, executor).all());
    endpoints.addAll(new DocEndpoints(docs).all());
    endpoints.addAll(new ConsoleEndpoints().all());
    endpoints.addAll(new SessionEndpoints(api, overTls).all());
    endpoints.addAll(new UserEndpoints(api).all());
    endpoints.addAll(new TokenEndpoints(api).all());
    endpoints.addAll(new AuditEndpoints(api).all());
    endpoints.addAll(new SecretEndpoints(api).all());
    endpoints.addAll(new ReaderEndpoints(api).all());
    endpoints.addAll(new ModelEndpoints(api).all());
    endpoints.addAll(new SettingEndpoints(api.settings()).all());
    return endpoints;
  }

  /// A connection is idle while an answer is on its way: it stays a little longer than that.
  private ServerSettings serverSettings() {
    return ServerSettings.create(
        ConfigFactory.parseString(
                """
                pekko.http.server {
                  server-header = ""
                  request-timeout = %d ms
                  idle-timeout = %d ms
                  parsing.illegal-header-warnings = off
                  websocket.periodic-keep-alive-max-idle = 15s
                  parsing.error-handler = "dev.muster.orchestrator.api.server.IllegalRequests"
                }
                """
                    .formatted(
                        settings.answerMax().toMillis(),
                        settings.answerMax().plus(IDLE_LONGER).toMillis()))
            .withFallback(system.settings().config()));
  }
}
