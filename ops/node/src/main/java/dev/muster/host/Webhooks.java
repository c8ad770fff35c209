package dev.muster.host;

import dev.muster.host.settings.Settings;
import dev.muster.orchestrator.readside.webhook.WebhookSender;
import dev.muster.orchestrator.readside.webhook.WebhookTarget;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// The programs that are told what happens, with the keys that the settings lead to.
final class Webhooks {
  private Webhooks() {}

  /// Reads their keys once, at the start: what is wrong with one keeps the node from starting.
  static List<WebhookTarget> targets(List<Settings.Webhook> settings) throws IOException {
    var targets = new ArrayList<WebhookTarget>();
    for (var it : settings) {
      try {
        targets.add(new WebhookTarget(it.name(), it.url(), it.key().reveal(), it.kinds()));
      } catch (IllegalArgumentException e) {
        throw new IOException(
            "webhook %s, key from %s: expected %s"
                .formatted(it.name(), it.key().words(), e.getMessage()),
            e);
      }
    }
    return targets;
  }

  static List<WebhookSender> senders(
      DataSource database, List<WebhookTarget> targets, InstantSource clock) {
    return targets.stream().map(it -> new WebhookSender(database, it, clock)).toList();
  }
}
