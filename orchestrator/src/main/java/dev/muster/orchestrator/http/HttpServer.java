package dev.muster.orchestrator.http;

import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/// Serves the API.
public final class HttpServer {
  private HttpServer() {}

  /// Binds the address. The stage fails when it is taken; the binding's `localAddress` tells the
  /// port that was found for port 0.
  public static CompletionStage<ServerBinding> start(
      ActorSystem<?> system, HttpSettings settings, Api api) {
    // One virtual thread a request: handlers read the database and wait for entities. They are
    // never interrupted, since H2 closes its file when one of its readers is.
    Executor executor = Executors.newVirtualThreadPerTaskExecutor();
    var router = new Router(endpoints(api, executor));
    var requests = new Requests(system, settings, api, router, executor);
    return Http.get(system)
        .newServerAt(settings.host(), settings.port())
        .withSettings(serverSettings(system))
        .bind(requests::handle);
  }

  static List<Endpoint> endpoints(Api api, Executor executor) {
    var lookup = new RunLookup(api);
    var nodes = new NodeEndpoints(api);
    var endpoints = new ArrayList<Endpoint>();
    endpoints.addAll(new RunEndpoints(api, lookup).all());
    endpoints.addAll(
        new WorkerEndpoints(api, lookup, new Journals(api.views().journal(), executor)).all());
    endpoints.addAll(new ApprovalEndpoints(api, lookup).all());
    endpoints.addAll(nodes.all());
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
