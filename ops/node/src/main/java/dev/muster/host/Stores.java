package dev.muster.host;

import dev.muster.orchestrator.app.Violations;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.Handovers;
import dev.muster.orchestrator.journal.storage.InstructionStore;
import dev.muster.orchestrator.journal.storage.Manifests;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.security.audit.AuditLog;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Deque;
import javax.sql.DataSource;

/// Where a node keeps what outlives it: in the database, and in files beside it.
///
/// @param violations of what cluster and agents may do, noted in the audit log
record Stores(
    Database database,
    InstructionStore instructions,
    Manifests manifests,
    Handovers handovers,
    FileStores files,
    StoredSecrets secrets,
    AuditLog audit,
    Violations violations) {
  /// A database server need not answer yet.
  ///
  /// @param opened takes what is to be closed after all that works with it
  static Stores open(NodeOptions options, InstantSource clock, Deque<AutoCloseable> opened)
      throws IOException {
    var settings = options.settings();
    var database = NodeDatabase.open(options);
    opened.push(database);
    var files = FileStores.open(settings, database, options.data(), clock);
    opened.push(files);
    var audit =
        AuditLog.open(database.source(), Json::text, clock, LogFiles.audit(settings.logs()));
    opened.push(audit);
    return new Stores(
        database,
        new InstructionStore(database.source()),
        new Manifests(database.source()),
        new Handovers(database.source()),
        files,
        StoredSecrets.open(settings, database, clock),
        audit,
        new Violations(settings.nodeName(), audit, clock));
  }

  DataSource source() {
    return database.source();
  }
}
