package dev.muster.host;

import dev.muster.host.settings.Settings;
import dev.muster.orchestrator.storage.Database;
import dev.muster.orchestrator.trust.KeyFiles;
import dev.muster.orchestrator.trust.KeyKeeper;
import dev.muster.orchestrator.trust.KeySource;
import dev.muster.orchestrator.trust.KeyUser;
import dev.muster.orchestrator.trust.NodeSeals;
import dev.muster.orchestrator.trust.SharedAuthority;
import dev.muster.protocol.proof.LoneSeals;
import dev.muster.protocol.proof.Office;
import dev.muster.protocol.proof.Seals;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;

/// By which keys this node and the others know one another.
record NodeTrust(Settings settings, Office office, InstantSource clock) {
  /// For a node of that name: what it vouches with.
  Seals seals(boolean alone) {
    var name = settings.nodeName();
    return alone ? new LoneSeals(name) : new NodeSeals(name, office, clock);
  }

  /// Keeps them in keys until it is closed.
  ///
  /// @throws NodeStartException when there are none that can be used
  AutoCloseable keep(Database database, List<KeyUser> users) {
    try {
      return KeyKeeper.start(source(database), users);
    } catch (GeneralSecurityException e) {
      throw new NodeStartException(
          NodeStartException.Kind.OTHER,
          "the node has no keys by which others would know it: " + e.getMessage(),
          e);
    }
  }

  private KeySource source(Database database) {
    var files = settings.cluster().tls();
    return files == null
        ? new SharedAuthority(
            database.source(),
            clock,
            settings.nodeName(),
            List.of(settings.cluster().host()),
            office)
        : new KeyFiles(files.certificate(), files.key(), files.authority());
  }
}
