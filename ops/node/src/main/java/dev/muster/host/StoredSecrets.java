package dev.muster.host;

import dev.muster.host.settings.Settings;
import dev.muster.node.executor.Vault;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.security.secret.SecretKeyFile;
import dev.muster.orchestrator.security.secret.SecretStore;
import java.io.IOException;
import java.time.InstantSource;

/// The values of the database, for those who work here.
record StoredSecrets(SecretStore store) implements Vault {
  static StoredSecrets open(Settings settings, Database database, InstantSource clock) {
    var key = new SecretKeyFile(settings.secrets().key(), settings.secrets().keyFile());
    return new StoredSecrets(new SecretStore(database.source(), key, clock));
  }

  @Override
  public String reveal(String name) throws IOException {
    try {
      var value = store.reveal(name);
      if (value == null) throw new IOException(Vault.unset(name));
      return value;
    } catch (SecretStore.Unusable e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
