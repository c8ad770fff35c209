package dev.muster.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Follows what happens: first how things are, then what changes. When the connection is lost it
/// goes on after the last event that was seen, and a `reset` says where that was too long ago.
///
/// @param topics of `runs`, `workers`, `approvals`, `nodes`, `journal`
/// @param run null for all
public record Events(NodeClient client, Set<String> topics, @Nullable String run) {
  public Events {
    topics = Set.copyOf(topics);
  }

  /// Blocks for as long as somebody wants to hear more.
  ///
  /// @param after the id of an event that was seen earlier; null begins with a snapshot
  /// @param each answers whether it wants another
  public void follow(@Nullable String after, Predicate<Event> each) {
    var last = after;
    while (true) {
      try (var flowing = client.flowing(path(), "text/event-stream", resume(last))) {
        var events = new EventReader(flowing.body(), client.where(path()));
        for (var event = events.next(); event != null; event = events.next()) {
          if (!event.id().isEmpty()) last = event.id();
          if (!each.test(event)) return;
        }
        client.lost(null);
      } catch (IOException | UncheckedIOException e) {
        client.lost(e);
      } catch (ApiException e) {
        throw client.failing(e);
      }
    }
  }

  private String path() {
    var query =
        "/events?topics=" + Api.segment(String.join(",", topics.stream().sorted().toList()));
    return run == null ? query : query + "&run=" + Api.segment(run);
  }

  private static String[] resume(@Nullable String last) {
    return last == null ? new String[0] : new String[] {"Last-Event-ID", last};
  }
}
