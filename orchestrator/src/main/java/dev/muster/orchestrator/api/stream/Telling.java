package dev.muster.orchestrator.api.stream;

import dev.muster.orchestrator.readside.view.Json;
import dev.muster.protocol.run.RunEvent.RunCancelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// What a piece of the journal comes to for whoever follows it.
///
/// @param bytes the events as `text/event-stream`
/// @param everybody whether all workers are to be told anew: nobody names them one by one
record Telling(List<Event> events, ByteString bytes, boolean everybody) {
  private static final int ITEMS_MAX = 500;

  Telling {
    events = List.copyOf(events);
  }

  /// @param id null where there is nothing to resume after
  /// @param json the data
  record Event(String name, @Nullable Long id, String json) {
    /// As `text/event-stream` has it.
    String text() {
      return "event: " + name + (id == null ? "" : "\nid: " + id) + "\ndata: " + json + "\n\n";
    }
  }

  /// What somebody wants of it.
  ///
  /// @param run null for all
  record Wish(Set<Topic> topics, @Nullable String run, long after, long until) {}

  /// @param rows after the one and until the other event
  /// @param end what the tables have
  static Telling of(Wish wish, List<Feed.Told> rows, long end, Snapshots snapshots) {
    var run = wish.run();
    var some =
        run == null
            ? rows
            : rows.stream().filter(it -> it.row().origin().run().equals(run)).toList();
    var wantsWorkers = wish.topics().contains(Topic.WORKERS);
    var everybody = wantsWorkers && run != null && some.stream().anyMatch(Telling::isOfEverybody);
    var said = new Words(wish.until(), !everybody);
    if (wish.topics().contains(Topic.JOURNAL)) {
      for (var it : some) said.event(Topic.JOURNAL.word(), it.row().seq(), it.line());
    }
    var changes = Changes.of(some.stream().map(Feed.Told::row).toList());
    if (wantsWorkers) {
      changes
          .workers()
          .forEach((id, workers) ->
              said.delta(Topic.WORKERS, id, snapshots.changedWorkers(id, workers, end)));
    }
    if (wish.topics().contains(Topic.APPROVALS)) {
      changes
          .approvals()
          .forEach((gate, ids) ->
              said.delta(Topic.APPROVALS, null, snapshots.changedApprovals(gate, ids, end)));
    }
    if (wish.topics().contains(Topic.RUNS) && !changes.runs().isEmpty()) {
      said.delta(Topic.RUNS, null, snapshots.changedRuns(changes.runs(), end));
    }
    var text = new StringBuilder();
    for (var it : said.out) text.append(it.text());
    return new Telling(said.out, ByteString.fromString(text.toString()), everybody);
  }

  /// All who had not begun.
  private static boolean isOfEverybody(Feed.Told it) {
    return it.row().event() instanceof RunCancelled cancelled && cancelled.workers().isEmpty();
  }

  private static final class Words {
    private final List<Event> out = new ArrayList<>();
    private final long cursor;
    private final boolean complete;

    /// @param complete whether nothing that is not told yet comes before the events
    Words(long cursor, boolean complete) {
      this.cursor = cursor;
      this.complete = complete;
    }

    void event(String name, long id, String json) {
      out.add(new Event(name, complete ? id : null, json));
    }

    /// @param items in JSON
    void delta(Topic topic, @Nullable String of, List<String> items) {
      var before = of == null ? "{\"items\":[" : "{\"run\":" + Json.text(of) + ",\"items\":[";
      for (var from = 0; from < items.size(); from += ITEMS_MAX) {
        var chunk = items.subList(from, Math.min(items.size(), from + ITEMS_MAX));
        event(topic.word(), cursor, before + String.join(",", chunk) + "]}");
      }
    }
  }
}
