package dev.muster.e2e.escape;

import dev.muster.e2e.Workforces;
import dev.muster.e2e.Workforces.Worker;
import dev.muster.e2e.escape.Outcome.Untried;
import dev.muster.e2e.escape.SceneRun.Group;
import dev.muster.e2e.escape.SceneRun.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A data folder that somebody else has prepared, opened, or changed.
final class DataScenes implements Group {
  private static final String DATA = "A data folder is believed only when its owner made it here.";
  private static final String CODE = "A database file brings no code.";

  private int camps;

  @Override
  public String name() {
    return "data";
  }

  @Override
  public void go(Stage stage) throws Exception {
    try (var trap = new Trap()) {
      stage.scene("shipped-node-file", DATA, () -> shippedNode(stage, trap, "data"));
      stage.scene("shipped-node-file-at-home", DATA, () -> shippedNode(stage, trap, "cwd/.muster"));
    }
    stage.scene("shipped-token", DATA, () -> shippedToken(stage));
    stage.scene("open-to-others", DATA, () -> open(stage));
    stage.scene("of-another-user", DATA, () -> foreign(stage));
    for (var sql :
        List.of(
            "CREATE TRIGGER T BEFORE INSERT, UPDATE, DELETE ON \"%1$s\" FOR EACH ROW AS"
                + " 'org.h2.api.Trigger create() { %2$s return new org.h2.api.Trigger() { public"
                + " void fire(java.sql.Connection c, Object[] a, Object[] b) {} }; }'",
            "CREATE ALIAS OWN AS 'int own() { %2$s return 1; }'; ALTER TABLE \"%1$s\" ADD COLUMN IF"
                + " NOT EXISTS x INT DEFAULT OWN()",
            "CREATE ALIAS OWN AS 'int own() { %2$s return 1; }'; CREATE VIEW v AS SELECT OWN() AS"
                + " x",
            "CREATE FORCE LINKED TABLE l('org.h2.Driver', 'jdbc:h2:file:%3$s', 'sa', '', 'x')")) {
      stage.scene(
          "database-"
              + sql.substring(0, 20).strip().toLowerCase(Locale.ROOT).replace(' ', '-')
              + "-"
              + sql.length(),
          CODE,
          () -> database(stage, sql));
    }
  }

  private Camp camp(Stage stage) throws IOException {
    return new Camp(stage.kit(), Machine.ofScenes(), "data-" + ++camps);
  }

  private Outcome shippedNode(Stage stage, Trap trap, String where) throws IOException {
    trap.forget();
    try (var camp = camp(stage)) {
      var data = Files.createDirectories(camp.root().resolve(where));
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
      Files.writeString(
          data.resolve("node.json"),
          """
          {"url":"%s","pid":1,"name":"x","startedAt":"2099-01-01T00:00:00.000Z","startTicks":null}\
          """
              .formatted(trap.url()));
      camp.with("MUSTER_TOKEN", camp.secret());
      if (where.equals("data")) camp.muster("status", "--data", data.toString());
      else camp.muster("status");
      return Outcome.heldIf(
          trap.visits().isEmpty(), "the operator's token went to " + trap.visits());
    }
  }

  private Outcome shippedToken(Stage stage) throws IOException {
    try (var camp = camp(stage)) {
      var token = "0123456789abcdef0123456789abcdef";
      var data = Files.createDirectories(camp.data());
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
      Files.writeString(data.resolve("operator.token"), token);
      Node node;
      try {
        node = Node.up(camp);
      } catch (IOException _) {
        return new Outcome.Held("refused");
      }
      var reply =
          node.wire().ask("POST", "/api/v1/runs/x/cancel", "{}", "Authorization: Bearer " + token);
      return Outcome.heldIf(
          reply.any(401, 403), "a token that was there already counts: " + reply.brief());
    }
  }

  private Outcome open(Stage stage) throws IOException {
    try (var camp = camp(stage)) {
      var data = Files.createDirectories(camp.data());
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
      Workforces.write(camp.workforce(), Worker.simple(1, 1, ""));
      camp.run("none");
      List<String> wrong = new ArrayList<>();
      var open =
          Shell.tried("find", data.toString(), "-maxdepth", "0", "-perm", "/077").output().strip();
      var files = Shell.tried("find", data.toString(), "-mindepth", "1").output().strip();
      if (!open.isEmpty() && !files.isEmpty()) wrong.add("it is used, and open to others");
      return Outcome.heldIf(wrong.isEmpty(), wrong.toString());
    }
  }

  private Outcome foreign(Stage stage) throws IOException {
    if (!Machine.root() || Machine.ofScenes().user()) {
      return new Untried("takes root to give a folder away");
    }
    try (var camp = camp(stage)) {
      var data = Files.createDirectories(camp.data());
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
      Shell.run("chown", Machine.NOBODY + ":" + Machine.NOBODY, data.toString());
      Workforces.write(camp.workforce(), Worker.simple(1, 1, ""));
      var said = camp.run("none");
      return Outcome.heldIf(
          said.exit() != 0 && Files.notExists(data.resolve("operator.token")),
          "root works in a folder of another user, exit " + said.exit());
    }
  }

  private Outcome database(Stage stage, String sql) throws IOException {
    try (var camp = camp(stage)) {
      camp.muster("runs", "list", "--data", camp.data().toString());
      Workforces.write(camp.workforce(), Worker.simple(1, 1, ""));
      camp.run("none");
      var file = camp.data().resolve("muster.mv.db");
      if (!Files.exists(file)) return new Untried("no database where it was expected");
      var loot = camp.root().resolve("loot");
      plant(file, sql, loot);
      Shell.run("bash", "-c", "rm -f '" + loot + "'*");
      camp.muster("runs", "list", "--data", camp.data().toString());
      camp.run("none");
      var found =
          Shell.tried("find", camp.root().toString(), "-maxdepth", "1", "-name", "loot*").output();
      return Outcome.heldIf(found.isBlank(), "code in the database file ran: " + found);
    }
  }

  private static void plant(Path file, String sql, Path loot) {
    var code =
        "try { new java.io.FileOutputStream(\"%s\").write(1); } catch (Exception e) {}"
            .formatted(loot);
    var url =
        "jdbc:h2:file:"
            + file.toString().replaceFirst("\\.mv\\.db$", "")
            + ";DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
    try (var connection = DriverManager.getConnection(url, "", "");
        var statement = connection.createStatement()) {
      var table = "event_journal";
      for (var one : sql.formatted(table, code, loot).split("; (?=ALTER|CREATE)", -1))
        statement.execute(one);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
