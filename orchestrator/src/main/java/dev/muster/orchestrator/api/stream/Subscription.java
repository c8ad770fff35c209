package dev.muster.orchestrator.api.stream;

import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.stream.Telling.Wish;
import dev.muster.orchestrator.readside.table.Found;
import dev.muster.orchestrator.readside.table.Selection.After;
import dev.muster.orchestrator.readside.view.Json;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// One reader of the event stream. It is asked for the next piece when the reader has taken the one
/// before, so nothing is buffered, and of a long list only a page is in memory: a slow reader gets
/// the newest state of what changed meanwhile, and one that is too far behind begins anew. Only
/// whoever wants every event of the journal gets each, however slowly.
final class Subscription {
  private static final int BEHIND_MAX = 10_000;
  private static final int ROWS_MAX = 1_000;
  private static final int ITEMS_MAX = 500;
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration MOODS_EVERY = Duration.ofSeconds(2);
  private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(15);

  /// Only writing shows whether the reader is still there, so something is written this often.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(5);

  private final Snapshots snapshots;
  private final Feed feed;
  private final Tellings tellings;
  private final Api api;
  private final Set<Topic> topics;
  private final @Nullable String run;
  private final Wire wire;
  private boolean begun;

  /// Topics of which not all is told yet, and where the first of them goes on.
  private final Deque<Topic> untold = new ArrayDeque<>();

  private @Nullable After told;
  private long cursor;

  /// The more there was to tell, the longer the next piece waits, so that things that change all
  /// the time are told of less often than they change.
  private long followAtNanos = System.nanoTime();

  private long heartbeatAtMillis;
  private long moodsAtMillis;
  private String nodesSent = "";
  private String runSent = "";

  /// @param wire how the reader is told
  Subscription(
      Snapshots snapshots, Feed feed, Tellings tellings, Api api, Wanted wanted, Wire wire) {
    this.snapshots = snapshots;
    this.feed = feed;
    this.tellings = tellings;
    this.api = api;
    this.topics = wanted.topics();
    this.run = wanted.run();
    this.cursor = wanted.resumeAfter();
    this.wire = wire;
  }

  /// Blocks until there is something to say, for some seconds at most.
  ByteString next() {
    var askedAtMillis = api.clock().millis();
    if (!begun) begin(askedAtMillis);
    while (wire.isEmpty()) {
      if (untold.isEmpty()) {
        follow();
        tellMoods();
      } else {
        tellPage(untold.getFirst());
      }
      var now = api.clock().millis();
      if (now - heartbeatAtMillis >= HEARTBEAT_EVERY.toMillis()) {
        heartbeatAtMillis = now;
        event("heartbeat", Json.text(Map.of("at", api.clock().instant())));
      } else if (wire.isEmpty() && now - askedAtMillis >= SILENCE_MAX.toMillis()) {
        wire.silence();
      } else if (wire.isEmpty() && untold.isEmpty()) {
        await();
      }
    }
    return wire.take();
  }

  private void begin(long nowMillis) {
    begun = true;
    heartbeatAtMillis = nowMillis;
    var end = feed.end();
    if (cursor >= 0 && cursor <= end && !isTooFarBehind(end)) {
      wire.resumed(cursor);
      return;
    }
    if (cursor >= 0) beginAnew("the last event seen is too old: a snapshot follows");
    cursor = end;
    tellAll();
  }

  private boolean isTooFarBehind(long end) {
    return end - cursor > BEHIND_MAX && !topics.contains(Topic.JOURNAL);
  }

  private void beginAnew(String reason) {
    event("reset", null, Json.text(Map.of("reason", reason)));
  }

  /// Workers last: before the last of them there is nothing to resume after.
  private void tellAll() {
    for (var topic : List.of(Topic.RUNS, Topic.APPROVALS, Topic.NODES, Topic.JOURNAL)) {
      if (topics.contains(topic)) untold.add(topic);
    }
    if (topics.contains(Topic.WORKERS) && run != null) untold.add(Topic.WORKERS);
  }

  /// What changes meanwhile is told after the last.
  private void tellPage(Topic topic) {
    switch (topic) {
      case RUNS -> tellPage(topic, snapshots.runs(run), false);
      case NODES -> tellPage(topic, snapshots.nodes(), false);
      case JOURNAL -> tellPage(topic, List.of(), false);
      case WORKERS -> tellPage(topic, snapshots.workers(String.valueOf(run), told, ITEMS_MAX));
      case APPROVALS -> tellPage(topic, snapshots.approvals(run, told, ITEMS_MAX));
    }
  }

  private <T> void tellPage(Topic topic, List<Found<T>> page) {
    var more = page.size() == ITEMS_MAX;
    told = more ? page.getLast().at() : null;
    tellPage(topic, page.stream().map(Found::item).toList(), more);
  }

  private void tellPage(Topic topic, List<?> items, boolean more) {
    if (!more) untold.removeFirst();
    event("snapshot", Json.text(Map.of("topic", topic.word(), "items", items, "more", more)));
  }

  private void follow() {
    if (System.nanoTime() < followAtNanos) return;
    var end = feed.await(cursor, Duration.ZERO);
    if (end <= cursor) return;
    if (isTooFarBehind(end)) {
      beginAnew("more has happened than was read: a snapshot follows");
      cursor = end;
      tellAll();
      return;
    }
    var rows = feed.rows(cursor, end, ROWS_MAX);
    var wish =
        new Wish(topics, run, cursor, rows.size() < ROWS_MAX ? end : rows.getLast().row().seq());
    cursor = wish.until();
    followAtNanos =
        System.nanoTime()
            + Duration.ofMillis(Math.min(rows.size(), LOOK_EVERY.toMillis())).toNanos();
    var telling = tellings.of(wish, rows, end);
    if (telling.everybody()) untold.add(Topic.WORKERS);
    wire.tell(telling);
  }

  /// What changes without an event: headroom, and what holds a run at this moment.
  private void tellMoods() {
    var now = api.clock().millis();
    if (now - moodsAtMillis < MOODS_EVERY.toMillis()) return;
    moodsAtMillis = now;
    if (topics.contains(Topic.NODES)) {
      var nodes = snapshots.nodes().stream().map(Json::text).toList();
      var text = String.join(",", nodes);
      if (!text.equals(nodesSent)) delta(Topic.NODES, nodes);
      nodesSent = text;
    }
    if (topics.contains(Topic.RUNS) && run != null) {
      var mood = snapshots.mood(run);
      var text = Json.text(mood.holds()) + mood.state();
      if (!text.equals(runSent)) delta(Topic.RUNS, List.of(Json.text(mood)));
      runSent = text;
    }
  }

  /// @param items in JSON
  private void delta(Topic topic, List<String> items) {
    event(topic.word(), cursor, "{\"items\":[" + String.join(",", items) + "]}");
  }

  private void event(String name, String json) {
    event(name, cursor, json);
  }

  /// Whoever resumes after it must miss nothing: before all is told there is no id.
  ///
  /// @param id null for none
  private void event(String name, @Nullable Long id, String json) {
    wire.event(name, untold.isEmpty() ? id : null, json);
  }

  private void await() {
    var pauseNanos = followAtNanos - System.nanoTime();
    if (pauseNanos <= 0) {
      feed.await(cursor, LOOK_EVERY);
      return;
    }
    try {
      Thread.sleep(Duration.ofNanos(pauseNanos));
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a stream", e);
    }
  }
}
