package dev.muster.orchestrator.api.metrics;

import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.journal.storage.DatabasePulse;
import dev.muster.orchestrator.readside.table.Census;
import dev.muster.orchestrator.readside.webhook.WebhookStanding;
import dev.muster.orchestrator.usecase.ClusterNodes;
import dev.muster.protocol.view.ReaderStanding;
import java.time.Instant;
import java.util.List;

/// Everything a monitoring system is told, put together when it asks. What the database says is
/// asked for at most once a second and not waited for longer than a probe does: without it the rest
/// is still told, and `muster_database_up` is 0.
///
/// How many lines there are does not depend on how many runs, workers, users or files: labels are
/// states, kinds, paths with their placeholders, and names out of the settings.
public final class Metrics {
  private final Api api;
  private final ClusterNodes nodes;
  private final Timings timings;
  private final DatabasePulse<Kept> kept;

  public Metrics(Api api, ClusterNodes nodes, Timings timings) {
    this.api = api;
    this.nodes = nodes;
    this.timings = timings;
    this.kept = new DatabasePulse<>(this::kept, Thread::startVirtualThread);
  }

  /// What the database says.
  private record Kept(
      Census census, List<ReaderStanding> readers, List<WebhookStanding> webhooks, Instant at) {}

  private Kept kept() {
    return new Kept(
        Census.take(api.database(), api.clock()),
        api.readSide().tail().standings(),
        api.webhooks().get(),
        api.clock().instant());
  }

  public String text() {
    var to = new Exposition();
    var found = kept.feel().answer();
    to.gauge("muster_database_up", "Whether the database answered in time.")
        .sample(found == null ? 0 : 1);
    if (found != null) {
      WorkFigures.expose(to, found.census(), found.at());
      expose(to, found);
    }
    NodeFigures.expose(to, nodes.all());
    ModelFigures.expose(to, api.models().list());
    timings.expose(to);
    ThisProcess.expose(to, api.version());
    return to.toString();
  }

  private static void expose(Exposition to, Kept found) {
    to.gauge(
        "muster_reader_behind_events",
        "Events of the journal that a reader of its tail has not taken in; an upper bound.");
    found.readers().forEach(it -> to.sample(it.behind(), "reader", it.reader()));
    to.gauge("muster_reader_failing", "Whether the reader's last try failed on this node.");
    found.readers().forEach(it -> to.sample(it.problem() == null ? 0 : 1, "reader", it.reader()));
    to.gauge("muster_webhook_waiting", "Deliveries that a webhook has not taken yet.");
    found.webhooks().forEach(it -> to.sample(it.waiting(), "webhook", it.name()));
  }
}
