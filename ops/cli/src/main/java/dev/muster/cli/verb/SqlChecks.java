package dev.muster.cli.verb;

import dev.muster.cli.verb.HostChecks.Check;
import dev.muster.cli.verb.HostChecks.State;
import dev.muster.host.settings.ProviderKey;
import dev.muster.host.settings.Settings;
import dev.muster.node.sql.SqlSource;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.journal.storage.ServerContact;
import java.io.IOException;
import java.util.List;

/// Whether the databases answer that agents may ask.
record SqlChecks(Settings settings) {
  List<Check> all() {
    return settings.outside().sources().stream().map(SqlChecks::look).toList();
  }

  private static Check look(SqlSource source) {
    var name = "agents.sql." + source.name();
    if (source.password() instanceof ProviderKey.OfVault) {
      return new Check(name, State.OK, "not tried, since only a node opens the secrets store", "");
    }
    String problem;
    try {
      var server = new DatabaseSettings(source.url(), source.user(), source.password().reveal());
      problem = ServerContact.problem(server);
    } catch (IOException e) {
      problem = "its password is not there: " + e.getMessage();
    }
    return problem == null
        ? new Check(name, State.OK, source.url() + ", which answers", "")
        : new Check(
            name,
            State.WARN,
            problem,
            "agents are told so when they ask it: start the server, or correct " + name);
  }
}
