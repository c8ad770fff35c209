package dev.muster.host.settings;

import dev.muster.node.models.KeySource;
import dev.muster.node.models.pool.Provider;
import dev.muster.node.sql.SqlSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The values of all keys that settings name outside the store of secrets: of providers, webhooks,
/// databases that agents may ask, the journal's own, and the key of that store.
public final class SettingKeys {
  private SettingKeys() {}

  /// As they are now. What cannot be read here is nobody's to repeat from here, and is left out.
  public static List<String> of(Settings settings) {
    var values = new ArrayList<String>();
    Stream.of(
            settings.models().providers().values().stream().map(Provider::key),
            settings.http().webhooks().stream().map(Settings.Webhook::key),
            settings.outside().sources().stream().map(SqlSource::password))
        .flatMap(it -> it)
        .filter(it -> !(it instanceof ProviderKey.OfVault))
        .forEach(it -> add(it, values));
    var own = settings.database().password();
    if (own != null) values.add(own);
    var ofStore = settings.secrets().key();
    if (ofStore != null) values.add(ofStore);
    values.removeIf(String::isBlank);
    return List.copyOf(values);
  }

  private static void add(KeySource key, List<String> values) {
    try {
      values.add(key.reveal());
    } catch (IOException _) {
      // Not set, or not there.
    }
  }
}
