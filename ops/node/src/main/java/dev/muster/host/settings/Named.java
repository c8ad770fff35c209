package dev.muster.host.settings;

import dev.muster.node.models.pool.ModelSettings;
import dev.muster.orchestrator.security.identity.KindPolicy;
import java.util.List;
import java.util.Map;

/// The parts of the settings that have names of the user's own.
record Named(
    ModelSettings models, Map<String, KindPolicy> policies, List<Settings.Webhook> webhooks) {
  Named {
    webhooks = List.copyOf(webhooks);
  }

  static boolean isOurs(String key) {
    return ModelsReader.isOurs(key) || PoliciesReader.isOurs(key) || WebhooksReader.isOurs(key);
  }
}
