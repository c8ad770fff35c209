package dev.muster.orchestrator.api.stream;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.api.identity.Authority;
import dev.muster.orchestrator.readside.table.RunsReader;
import dev.muster.orchestrator.usecase.ClusterNodes;
import dev.muster.orchestrator.usecase.RunLookup;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/events`: everything a browser needs to stay up to date, over one connection.
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
    return List.of(get("/api/v1/events", this::open).answering(Answer.EVENTS).alsoScoped());
  }

  private Answer open(Call call) {
    var run = call.query("run");
    if (run != null) lookup.existing(run);
    if (call.principal().workforce() != null) onlyItsOwn(call, run);
    var subscription =
        new Subscription(snapshots, feed, tellings, api, topics(call, run), run, resume(call));
    return Answer.stream(
            Answer.EVENTS,
            Source.unfoldAsync(
                subscription,
                state ->
                    CompletableFuture.supplyAsync(
                        () -> Optional.of(Pair.create(state, state.next())), executor)))
        .with("X-Accel-Buffering", "no");
  }

  /// Whoever is kept to one workforce follows one run of it at a time.
  private void onlyItsOwn(Call call, @Nullable String run) {
    if (run == null) {
      throw ProblemException.of(
          403,
          "other-workforces",
          "expected the parameter run, since %s is for the workforce %s only"
              .formatted(call.principal().name(), call.principal().workforce()));
    }
    if (!new Authority(api).seesRun(call.principal(), run)) throw RunLookup.unknownRun(run);
  }

  private static Set<Topic> topics(Call call, @Nullable String run) {
    var wanted = call.query("topics");
    if (wanted == null || wanted.isBlank()) {
      var all = EnumSet.of(Topic.RUNS, Topic.APPROVALS, Topic.NODES);
      if (run != null) all.add(Topic.WORKERS);
      return all;
    }
    var topics = EnumSet.noneOf(Topic.class);
    for (var name : wanted.split(",", 20)) {
      try {
        topics.add(Topic.valueOf(name.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException _) {
        throw ProblemException.of(
            400,
            "unknown-topic",
            "expected topics of runs, workers, approvals, nodes, journal; found " + name);
      }
    }
    return topics;
  }

  /// The id of the last event that was seen; -1 when a snapshot is wanted.
  private static long resume(Call call) {
    var header = call.header("last-event-id");
    var id = header == null ? call.query("lastEventId") : header;
    if (id == null) return -1;
    if (id.matches("[0-9]{1,18}")) return Long.parseLong(id);
    throw ProblemException.of(
        400, "invalid-event-id", "expected the id of an earlier event, found " + id);
  }
}
