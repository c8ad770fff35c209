package dev.muster.orchestrator.api.stream;

import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.journal.JournalRow;
import dev.muster.orchestrator.readside.Found;
import dev.muster.orchestrator.readside.Selection.After;
import dev.muster.orchestrator.view.JournalLine;
import dev.muster.orchestrator.view.Json;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// One reader of the event stream. It is asked for the next piece when the reader has taken the one
/// before, so nothing is buffered, and of many workers only a page is in memory: a slow reader gets
/// the newest state of what changed meanwhile, and one that is too far behind begins anew.
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
  private final Api api;
  private final Set<Topic> topics;
  private final @Nullable String run;
  private final StringBuilder out = new StringBuilder();
  private boolean begun;

  /// While the workers of the run are told one page after the other.
  private boolean tellsWorkers;

  private @Nullable After workersTold;
  private long cursor;
  private long heartbeatAtMillis;
  private long moodsAtMillis;
  private String nodesSent = "";
  private String runSent = "";

  /// @param resumeAfter the id of the last event the reader has seen; -1 for a snapshot
  Subscription(
      Snapshots snapshots,
      Feed feed,
      Api api,
      Set<Topic> topics,
      @Nullable String run,
      long resumeAfter) {
    this.snapshots = snapshots;
    this.feed = feed;
    this.api = api;
    this.topics = topics;
    this.run = run;
    this.cursor = resumeAfter;
  }

  /// Blocks until there is something to say, for some seconds at most.
  ByteString next() {
    out.setLength(0);
    var askedAtMillis = api.clock().millis();
    if (!begun) begin(askedAtMillis);
    while (out.isEmpty()) {
      if (tellsWorkers) {
        tellWorkers();
      } else {
        follow();
        tellMoods();
      }
      var now = api.clock().millis();
      if (now - heartbeatAtMillis >= HEARTBEAT_EVERY.toMillis()) {
        heartbeatAtMillis = now;
        event("heartbeat", Map.of("at", api.clock().instant()));
      } else if (out.isEmpty() && now - askedAtMillis >= SILENCE_MAX.toMillis()) {
        out.append(":\n\n");
      } else if (out.isEmpty()) {
        sleep();
      }
    }
    return ByteString.fromString(out.toString());
  }

  private void begin(long nowMillis) {
    begun = true;
    heartbeatAtMillis = nowMillis;
    var end = feed.end();
    if (cursor >= 0 && cursor <= end && end - cursor <= BEHIND_MAX) {
      out.append(": resumed after ").append(cursor).append("\n\n");
      return;
    }
    var reset = cursor >= 0;
    cursor = end;
    if (reset) {
      event("reset", null, Map.of("reason", "the last event seen is too old: a snapshot follows"));
    }
    snapshot();
  }

  private void snapshot() {
    tellsWorkers = topics.contains(Topic.WORKERS) && run != null;
    if (topics.contains(Topic.RUNS)) snapshot(Topic.RUNS, snapshots.runs(run));
    if (topics.contains(Topic.APPROVALS)) snapshot(Topic.APPROVALS, snapshots.approvals(run));
    if (topics.contains(Topic.NODES)) snapshot(Topic.NODES, snapshots.nodes());
    if (topics.contains(Topic.JOURNAL)) snapshot(Topic.JOURNAL, List.of());
    if (tellsWorkers) tellWorkers();
  }

  /// A page of them. What changes meanwhile is told after the last.
  private void tellWorkers() {
    var page = snapshots.workers(String.valueOf(run), workersTold, ITEMS_MAX);
    tellsWorkers = page.size() == ITEMS_MAX;
    workersTold = tellsWorkers ? page.getLast().at() : null;
    snapshot(Topic.WORKERS, page.stream().map(Found::item).toList(), tellsWorkers);
  }

  private <T> void snapshot(Topic topic, List<T> items) {
    var from = 0;
    do {
      var to = Math.min(items.size(), from + ITEMS_MAX);
      snapshot(topic, items.subList(from, to), to < items.size());
      from = to;
    } while (from < items.size());
  }

  private <T> void snapshot(Topic topic, List<T> items, boolean more) {
    event("snapshot", Map.of("topic", topic.word(), "items", items, "more", more));
  }

  private void follow() {
    var end = feed.end();
    if (end <= cursor) return;
    var rows = feed.rows(cursor, end, ROWS_MAX);
    cursor = rows.size() < ROWS_MAX ? end : rows.getLast().seq();
    tellsWorkers =
        topics.contains(Topic.WORKERS) && rows.stream().anyMatch(this::concernsEverybody);
    var changes = Changes.of(run == null ? rows : rows.stream().filter(this::concerns).toList());
    if (topics.contains(Topic.JOURNAL)) journal(rows);
    if (topics.contains(Topic.WORKERS)) {
      changes
          .workers()
          .forEach((id, workers) -> delta(Topic.WORKERS, id, snapshots.workers(id, workers)));
    }
    if (topics.contains(Topic.APPROVALS)) {
      changes
          .approvals()
          .forEach((id, gate) -> {
            var approval = snapshots.approval(gate, id);
            if (approval != null) delta(Topic.APPROVALS, null, List.of(approval));
          });
    }
    if (topics.contains(Topic.RUNS) && !changes.runs().isEmpty()) {
      delta(Topic.RUNS, null, snapshots.runs(changes.runs()));
    }
  }

  private boolean concerns(JournalRow row) {
    return row.origin().run().equals(run);
  }

  /// All who had not begun: nobody names them one by one.
  private boolean concernsEverybody(JournalRow row) {
    return concerns(row) && row.event() instanceof RunCancelled it && it.workers().isEmpty();
  }

  private void journal(List<JournalRow> rows) {
    for (var row : rows) {
      if (run == null || concerns(row)) event(Topic.JOURNAL.word(), row.seq(), JournalLine.of(row));
    }
  }

  /// What changes without an event: headroom, and what holds a run at this moment.
  private void tellMoods() {
    var now = api.clock().millis();
    if (now - moodsAtMillis < MOODS_EVERY.toMillis()) return;
    moodsAtMillis = now;
    if (topics.contains(Topic.NODES)) {
      var nodes = snapshots.nodes();
      var text = Json.text(nodes);
      if (!text.equals(nodesSent)) delta(Topic.NODES, null, nodes);
      nodesSent = text;
    }
    if (topics.contains(Topic.RUNS) && run != null) {
      var runs = snapshots.runs(run);
      var text = Json.text(runs.getFirst().holds()) + runs.getFirst().state();
      if (!text.equals(runSent)) delta(Topic.RUNS, null, runs);
      runSent = text;
    }
  }

  private <T> void delta(Topic topic, @Nullable String of, List<T> items) {
    for (var from = 0; from < items.size(); from += ITEMS_MAX) {
      var chunk = items.subList(from, Math.min(items.size(), from + ITEMS_MAX));
      event(topic.word(), of == null ? Map.of("items", chunk) : Map.of("run", of, "items", chunk));
    }
  }

  private void event(String name, Object data) {
    event(name, cursor, data);
  }

  /// Whoever resumes after it must miss nothing: before the last of the workers there is no id.
  ///
  /// @param id null for none
  private void event(String name, @Nullable Long id, Object data) {
    out.append("event: ").append(name);
    if (id != null && !tellsWorkers) out.append("\nid: ").append(id);
    out.append("\ndata: ").append(Json.text(data)).append("\n\n");
  }

  private static void sleep() {
    try {
      Thread.sleep(LOOK_EVERY);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a stream", e);
    }
  }
}
