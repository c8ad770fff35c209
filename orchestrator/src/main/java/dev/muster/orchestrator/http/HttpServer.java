package dev.muster.orchestrator.http;

import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/// The HTTP side of a node: its health from the beginning, and the API from when there is one.
public final class HttpServer {
  private final ActorSystem<?> system;
  private final HttpSettings settings;

  /// One virtual thread a request: handlers read the database and wait for entities. They are never
  /// interrupted, since H2 closes its file when one of its readers is.
  private final Executor executor = Executors.newVirtualThreadPerTaskExecutor();

  private volatile Function<HttpRequest, CompletionStage<HttpResponse>> handler;

  /// @param health of a node that has no API, or not yet
  public HttpServer(ActorSystem<?> system, HttpSettings settings, Supplier<Health> health) {
    this.system = system;
    this.settings = settings;
    this.handler = new HealthOnly(system, health)::handle;
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
    return Http.get(system)
        .newServerAt(settings.host(), settings.port())
        .withSettings(serverSettings(system))
        .bind(this::handle);
  }

  private CompletionStage<HttpResponse> handle(HttpRequest request) {
    return handler.apply(request);
  }

  /// From now on the whole API.
  public void serve(Api api) {
    var router = new Router(endpoints(api, executor));
    handler = new Requests(system, settings, api, router, executor)::handle;
  }

  static List<Endpoint> endpoints(Api api, Executor executor) {
    var lookup = new RunLookup(api);
    var nodes = new NodeEndpoints(api);
    var endpoints = new ArrayList<Endpoint>();
    endpoints.addAll(new RunEndpoints(api, lookup).all());
    endpoints.addAll(new TextEndpoints(api, lookup).all());
    endpoints.addAll(
        new WorkerEndpoints(api, lookup, new Journals(api.views().journal(), executor)).all());
    endpoints.addAll(new ApprovalEndpoints(api, lookup).all());
    endpoints.addAll(nodes.all());
    endpoints.addAll(new DrainEndpoints(api).all());
    endpoints.addAll(new EventEndpoints(api, lookup, nodes, executor).all());
    endpoints.addAll(new DocEndpoints().all());
    return endpoints;
  }

  private static ServerSettings serverSettings(ActorSystem<?> system) {
    return ServerSettings.create(
        ConfigFactory.parseString(
                """
                pekko.http.server {
                  server-header = ""
                  request-timeout = 60s
                  idle-timeout = 75s
                  parsing.illegal-header-warnings = off
                  parsing.error-handler = "dev.muster.orchestrator.http.IllegalRequests"
                }
                """)
            .withFallback(system.settings().config()));
  }
}
