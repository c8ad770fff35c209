package dev.muster.host;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.host.settings.Settings;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The actor system's configuration: `node.conf` with what this node's settings say over it.
final class NodeConfig {
  private static final String JOURNAL = "pekko-persistence-jdbc.shared-databases.slick.";

  private static final String ARTERY = "pekko.remote.artery.";
  private static final String BEFORE_STOP =
      "pekko.coordinated-shutdown.phases.before-service-unbind";
  private static final Duration LAST_MOMENTS = Duration.ofSeconds(5);

  /// The default of 1 s is waited for at the end even when nobody is left to hand over to.
  private static final String HAND_OVER =
      "pekko.cluster.sharding.coordinator-singleton.hand-over-retry-interval";

  private static final Duration HAND_OVER_TO_NOBODY = Duration.ofMillis(20);

  private NodeConfig() {}

  static Config of(DatabaseSettings database, Settings settings, List<String> roles) {
    Map<String, Object> values = new LinkedHashMap<>();
    var cluster = settings.cluster();
    values.put(ARTERY + "canonical.hostname", cluster.host());
    values.put(ARTERY + "canonical.port", cluster.port());
    values.put(ARTERY + "bind.hostname", cluster.bindHost());
    values.put(BEFORE_STOP + ".timeout", cluster.grace().plus(LAST_MOMENTS));
    values.put("pekko.cluster.roles", roles);
    values.put(JOURNAL + "db.url", database.url());
    database
        .properties()
        .forEach((name, value) -> values.put(JOURNAL + "db.properties." + name, value));
    if (database.user() != null) values.put(JOURNAL + "db.user", database.user());
    if (database.password() != null) values.put(JOURNAL + "db.password", database.password());
    if (database.isEmbedded()) values.put(HAND_OVER, HAND_OVER_TO_NOBODY);
    values.put(
        JOURNAL + "profile",
        database.isEmbedded() ? "slick.jdbc.H2Profile$" : "slick.jdbc.PostgresProfile$");
    values.put(
        JOURNAL + "db.driver", database.isEmbedded() ? "org.h2.Driver" : "org.postgresql.Driver");
    return ConfigFactory.parseMap(values, "settings of this node")
        .withFallback(ConfigFactory.parseResources("node.conf"))
        .withFallback(ConfigFactory.defaultReference(NodeClasses.ALL))
        .resolve();
  }
}
