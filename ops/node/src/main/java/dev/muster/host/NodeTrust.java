package dev.muster.host;

import dev.muster.host.settings.Settings;
import dev.muster.orchestrator.storage.Database;
import dev.muster.orchestrator.trust.KeyFiles;
import dev.muster.orchestrator.trust.KeyKeeper;
import dev.muster.orchestrator.trust.KeySource;
import dev.muster.orchestrator.trust.MutualTls;
import dev.muster.orchestrator.trust.SharedAuthority;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;

/// By which keys this node and the others know one another.
record NodeTrust(Settings settings, InstantSource clock) {
  /// Keeps the transport in keys until it is closed.
  ///
  /// @throws NodeStartException when there are none that can be used
  AutoCloseable keep(Database database, MutualTls transport) {
    try {
      return KeyKeeper.start(source(database), transport);
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
            database.source(), clock, settings.nodeName(), List.of(settings.cluster().host()))
        : new KeyFiles(files.certificate(), files.key(), files.authority());
  }
}
