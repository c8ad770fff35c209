package dev.muster.orchestrator.engine.membership;

import javax.sql.DataSource;
import org.apache.pekko.actor.setup.Setup;

/// Hands the database to what the actor system makes by itself, such as the resolver's lease.
public final class DatabaseSetup extends Setup {
  private final DataSource source;

  public DatabaseSetup(DataSource source) {
    this.source = source;
  }

  DataSource source() {
    return source;
  }
}
