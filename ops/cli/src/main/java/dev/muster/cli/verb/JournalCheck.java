package dev.muster.cli.verb;

import dev.muster.cli.verb.HostChecks.Check;
import dev.muster.cli.verb.HostChecks.State;
import dev.muster.host.NodeFile;
import dev.muster.host.StartRefusal;
import dev.muster.host.settings.Settings;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.journal.storage.JournalFile;
import dev.muster.orchestrator.journal.storage.ServerContact;

/// Whether what has happened can be read: the database's file, or its server.
record JournalCheck(Settings settings) {
  private static final String NAME = "journal";

  Check look() {
    var given = settings.database();
    if (given.url() == null && settings.data().toString().contains(";")) {
      return new Check(
          NAME,
          State.FAIL,
          "the embedded database cannot be in a folder whose path has a semicolon",
          "choose another folder with --data DIR");
    }
    var named =
        given.url() == null
            ? DatabaseSettings.embedded(settings.data())
            : new DatabaseSettings(given.url(), given.user(), given.password());
    var file = JournalFile.of(named, settings.data());
    if (file != null) return file(file);
    return named.isEmbedded() ? new Check(NAME, State.OK, "in memory", "") : server(named);
  }

  private static Check server(DatabaseSettings server) {
    var problem = ServerContact.problem(server);
    return problem == null
        ? new Check(NAME, State.OK, "in the database " + server.url() + ", which answers", "")
        : new Check(
            NAME,
            State.FAIL,
            problem,
            "start the server, or check database.url, user and password: muster config view"
                + " --origin");
  }

  private Check file(JournalFile file) {
    var node = NodeFile.read(settings.data());
    if (node != null && node.processAlive()) {
      return new Check(NAME, State.OK, "in use by " + node.name(), "");
    }
    var problem = file.problemInside();
    return problem == null
        ? new Check(NAME, State.OK, "can be read, or is yet to be begun", "")
        : new Check(NAME, State.FAIL, problem, StartRefusal.JOURNAL_ADVICE);
  }
}
