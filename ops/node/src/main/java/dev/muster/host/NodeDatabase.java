package dev.muster.host;

import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;

/// Which database a node works with: that of its settings, or one in its data folder.
final class NodeDatabase {
  private NodeDatabase() {}

  static Database open(NodeOptions options) {
    var given = options.settings().database();
    if (given.url() == null) {
      // H2 takes what follows for a setting, and knows no escape.
      if (options.data().toAbsolutePath().toString().contains(";")) {
        throw new NodeStartException(
            NodeStartException.Kind.DATA_UNWRITABLE,
            "the embedded database cannot be in a folder whose path has a semicolon, such as "
                + options.data().toAbsolutePath(),
            null);
      }
      return Database.open(DatabaseSettings.embedded(options.data()), options.data());
    }
    var named = new DatabaseSettings(given.url(), given.user(), given.password());
    return named.isEmbedded()
        ? Database.open(named, options.data())
        : options.control()
            ? Database.reachNow(named, options.data())
            : Database.reach(named, options.data());
  }
}
