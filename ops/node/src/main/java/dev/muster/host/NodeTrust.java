package dev.muster.host;

import dev.muster.host.settings.Settings;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.security.trust.KeyFiles;
import dev.muster.orchestrator.security.trust.KeyKeeper;
import dev.muster.orchestrator.security.trust.KeySource;
import dev.muster.orchestrator.security.trust.KeyUser;
import dev.muster.orchestrator.security.trust.MutualTls;
import dev.muster.orchestrator.security.trust.NodeSeals;
import dev.muster.orchestrator.security.trust.SharedAuthority;
import dev.muster.protocol.proof.LoneSeals;
import dev.muster.protocol.proof.Office;
import dev.muster.protocol.proof.Seals;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;

/// By which keys this node and the others know one another, and with which it vouches for what it
/// says.
final class NodeTrust {
  private final Settings settings;
  private final Office office;
  private final InstantSource clock;
  private final MutualTls transport;
  private final Seals seals;
  private final List<KeyUser> users;

  NodeTrust(Settings settings, NodeKind kind, InstantSource clock) {
    this.settings = settings;
    this.office = kind.orchestrates() ? Office.ORCHESTRATOR : Office.NODE;
    this.clock = clock;
    this.transport = new MutualTls(clock);
    if (kind.isOneOfSeveral()) {
      var own = new NodeSeals(settings.nodeName(), office, clock);
      this.seals = own;
      // Seals refuse more keys: then the transport goes on with those it has, too.
      this.users = List.of(own, transport);
    } else {
      this.seals = new LoneSeals(settings.nodeName());
      this.users = List.of(transport);
    }
  }

  MutualTls transport() {
    return transport;
  }

  Seals seals() {
    return seals;
  }

  /// Keeps both in keys until it is closed.
  ///
  /// @throws NodeStartException when there are none that can be used
  AutoCloseable keep(Database database) {
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
