package dev.muster.orchestrator.api.stream;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.readside.table.RunsReader;
import dev.muster.orchestrator.usecase.ClusterNodes;
import dev.muster.orchestrator.usecase.RunLookup;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/events`: everything a browser needs to stay up to date, over one connection. And
/// the same over a WebSocket, for clients that want to say something, too.
public final class EventEndpoints {
  private final Api api;
  private final RunLookup lookup;
  private final Executor executor;
  private final Snapshots snapshots;
  private final Feed feed;
  private final Tellings tellings;

  public EventEndpoints(Api api, RunLookup lookup, ClusterNodes nodes, Executor executor) {
    this.api = api;
    this.lookup = lookup;
    this.executor = executor;
    this.snapshots = new Snapshots(api, lookup, nodes);
    this.tellings = new Tellings(snapshots);
    var tail = api.readSide().tail();
    this.feed = new Feed(() -> tail.advance(RunsReader.NAME), api.views().journal());
  }

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/events", this::open).answering(Answer.EVENTS).alsoScoped(),
        get("/api/v1/ws", this::socket).answering().alsoScoped());
  }

  private Answer open(Call call) {
    var wanted =
        Wanted.of(api, lookup, call.principal(), topics(call), call.query("run"), lastSeen(call));
    var subscription = new Subscription(snapshots, feed, tellings, api, wanted, Wire.events());
    var standing = new Standing(api, call);
    return Answer.stream(
            Answer.EVENTS,
            Source.unfoldAsync(
                subscription,
                state ->
                    CompletableFuture.supplyAsync(
                        () ->
                            standing.holds()
                                ? Optional.of(Pair.create(state, state.next()))
                                : Optional.empty(),
                        executor)))
        .with("X-Accel-Buffering", "no");
  }

  private static List<String> topics(Call call) {
    var wanted = call.query("topics");
    return wanted == null || wanted.isBlank() ? List.of() : List.of(wanted.split(",", 20));
  }

  private static @Nullable String lastSeen(Call call) {
    var header = call.header("last-event-id");
    return header == null ? call.query("lastEventId") : header;
  }

  private Answer socket(Call call) {
    return Answer.socket(
        Socket.flow(
            (name, topics, run, after) ->
                new Subscription(
                    snapshots,
                    feed,
                    tellings,
                    api,
                    Wanted.of(api, lookup, call.principal(), topics, run, after),
                    new Frames(name)),
            new Standing(api, call),
            executor));
  }
}
