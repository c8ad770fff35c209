package dev.muster.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.settings.Setting;
import dev.muster.host.settings.Settings;
import dev.muster.host.settings.SettingsReader;
import dev.muster.host.settings.SettingsSources;
import dev.muster.host.trust.StateFolder;
import dev.muster.node.workspace.TargetFolders;
import dev.muster.node.workspace.Workspace;
import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.usecase.LogSource.Attempt;
import dev.muster.orchestrator.usecase.LogSource.Found;
import dev.muster.orchestrator.usecase.LogSource.Log;
import dev.muster.orchestrator.usecase.LogSource.Missing;
import dev.muster.orchestrator.usecase.Targets;
import dev.muster.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes of one database that share no folder.
class FileStoresTest {
  private static final String POSTGRES = PostgresServer.freshDatabase();

  @TempDir private Path folder;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @AfterEach
  void close() throws Exception {
    while (!opened.isEmpty()) opened.pop().close();
  }

  private FileStores node(String name) throws IOException {
    var data = Files.createDirectories(data(name));
    var database = Database.open(new DatabaseSettings(POSTGRES, PostgresServer.USER, ""), data);
    opened.push(database);
    var stores =
        FileStores.open(
            settings(name, Map.of(Setting.DATABASE_URL, POSTGRES, Setting.FILES, "database")),
            database,
            data,
            InstantSource.system());
    opened.push(stores);
    return stores;
  }

  private Settings settings(String name, Map<Setting, String> flags) {
    var all = new HashMap<>(flags);
    all.put(Setting.DATA, data(name).toString());
    all.put(Setting.NODE_NAME, name);
    return SettingsReader.read(
            new SettingsSources(
                all,
                Map.of(),
                folder,
                folder.resolve("none.conf"),
                new StateFolder(folder.resolve("state"))))
        .settings();
  }

  private Path data(String name) {
    return folder.resolve(name);
  }

  private Workspace workspace(String node, String run) throws IOException {
    var attempt = data(node).resolve("workspaces/" + run + "/WORKER_001/attempt-1");
    return new Workspace(Files.createDirectories(attempt));
  }

  @Test
  void whatIsDeliveredOnOneNodeIsAnInputOnAnother() throws Exception {
    var file = Files.writeString(folder.resolve("report.sh"), "exit 0");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    var artifact = node("node-a").artifacts().put(file, "out/report.sh");
    assertThat(artifact.path()).isEqualTo("out/report.sh");
    assertThat(artifact.executable()).isTrue();
    var there = node("node-b");
    there.artifacts().fetch(artifact, folder.resolve("input.sh"));
    assertThat(folder.resolve("input.sh")).hasContent("exit 0").isExecutable();
    assertThat(there.artifacts().holds(artifact.sha256())).isTrue();
  }

  @Test
  void aLogOutlivesItsNode() throws Exception {
    var workspace = workspace("node-b", "run_log");
    Files.writeString(workspace.log(), "before the decision\n");
    var b = node("node-b");
    b.shelf().keep("run_log", "WORKER_001", 1, workspace);
    Files.writeString(workspace.log(), "before the decision\nand after\n");
    b.shelf().keep("run_log", "WORKER_001", 1, workspace);
    assertThat(log(node("node-a"), "run_log")).isEqualTo("before the decision\nand after\n");
  }

  @Test
  void theLogThatAKilledNodeLeftIsStoredWhenItStartsAgain() throws Exception {
    Files.writeString(workspace("node-b", "run_left").log(), "cut off");
    var a = node("node-a");
    assertThat(find(a, "run_left")).isEqualTo(Missing.SILENT);
    node("node-b").close(); // waits for what is to be stored
    assertThat(log(a, "run_left")).isEqualTo("cut off");
    assertThat(workspace("node-b", "run_left").folder().resolve("log-stored")).hasContent("7");
  }

  private static String log(FileStores node, String run) throws IOException {
    var log = (Log) find(node, run);
    return new String(log.read(0, (int) log.size()), UTF_8);
  }

  /// While no node can be asked.
  private static Found find(FileStores node, String run) {
    return node.logs()
        .apply(_ -> Missing.SILENT)
        .find(new Attempt(run, "WORKER_001", 1, "node-b", false));
  }

  @Test
  void aTargetIsCopiedToANodeThatCannotSeeIt() throws Exception {
    var target = Files.createDirectories(folder.toRealPath().resolve("project"));
    Files.writeString(Files.createDirectory(target.resolve("src")).resolve("a"), "content");
    var hidden = Files.createDirectory(target.resolve(".muster"));
    Files.writeString(hidden.resolve("operator.token"), "secret");
    Files.createSymbolicLink(target.resolve("link"), Path.of("src/a"));
    var digest = node("node-a").targets().hand(target, List.of(hidden));
    assertThat(digest).isNotNull();
    assertThat(node("node-c").targets().hand(target, List.of(hidden))).isEqualTo(digest);
    var copies = new TargetFolders(data("node-b"), node("node-b").artifacts());
    try (var copy = copies.borrow(Objects.requireNonNull(digest))) {
      assertThat(copy.path().resolve("link")).isSymbolicLink().hasContent("content");
      assertThat(copy.path().resolve(".muster")).doesNotExist();
    }
    try (var left = Files.list(data("node-a"))) {
      assertThat(left).as("the archive is gone").noneMatch(path -> path.toString().endsWith("gz"));
    }
  }

  @Test
  void aNodeOfItsOwnSendsNothing() throws Exception {
    var data = Files.createDirectories(data("alone"));
    var database = Database.open(DatabaseSettings.embedded(data), data);
    opened.push(database);
    var settings = settings("alone", Map.of());
    var stores = FileStores.open(settings, database, data, InstantSource.system());
    opened.push(stores);
    assertThat(stores.targets()).isSameAs(Targets.SHARED);
    var file = Files.writeString(folder.resolve("out.txt"), "x");
    stores.artifacts().put(file, "out.txt");
    assertThat(data.resolve("artifacts")).isDirectory();
  }
}
