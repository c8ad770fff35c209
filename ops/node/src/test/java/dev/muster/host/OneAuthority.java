package dev.muster.host;

import com.typesafe.config.Config;
import dev.muster.orchestrator.security.trust.Authority;
import dev.muster.orchestrator.security.trust.MutualTls;
import dev.muster.orchestrator.security.trust.NodeSeals;
import dev.muster.protocol.proof.Office;
import dev.muster.protocol.proof.SealsSetup;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;

/// For actor systems of one test that are to speak to each other as nodes of one cluster do.
public final class OneAuthority {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final Authority authority;

  public OneAuthority() {
    try {
      this.authority = Authority.create(NOW);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Of nodes that say nothing of themselves.
  public ActorSystemSetup setup(Config config) {
    return setup("test", config);
  }

  public ActorSystemSetup setup(String node, Config config) {
    var transport = new MutualTls(() -> NOW);
    var seals = new NodeSeals(node, Office.ORCHESTRATOR, () -> NOW);
    try {
      var keys =
          authority.issue(
              node,
              List.of("127.0.0.1"),
              Office.ORCHESTRATOR,
              Duration.ofDays(1),
              NOW,
              List.of(authority.certificate()));
      transport.learn(keys);
      seals.learn(keys);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return ActorSystemSetup.create(
        BootstrapSetup.create(config),
        SSLEngineProviderSetup.create(_ -> transport),
        new SealsSetup(seals, () -> NOW, _ -> {}));
  }
}
