package dev.muster.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.host.trust.TrustedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A `muster.conf` that came with a repository.
class FolderFileTest extends ClonedFolder {
  @Test
  void whatItMaySetIsWhatCannotHurt() {
    var may = EnumSet.noneOf(Setting.class);
    for (var setting : Setting.values()) {
      if (setting.fromFolder() != Setting.FromFolder.NOTHING) may.add(setting);
    }
    assertThat(may)
        .as("whoever adds one asks what a stranger could do with it")
        .isEqualTo(
            Set.of(
                Setting.PORT,
                Setting.ATTEMPTS_MAX,
                Setting.BACKOFF_MIN,
                Setting.BACKOFF_MAX,
                Setting.APPROVAL_WAIT_MAX,
                Setting.SLOTS,
                Setting.CPU_PERCENT,
                Setting.MEMORY_PERCENT,
                Setting.DISK_PERCENT,
                Setting.SANDBOX,
                Setting.WORKER_MEMORY_MAX,
                Setting.WORKER_PROCESSES_MAX,
                Setting.WORKER_WORKSPACE_MAX,
                Setting.WORKER_FILES_MAX,
                Setting.AGENTS_TURNS_MAX,
                Setting.AGENTS_TOKENS_MAX,
                Setting.AGENTS_COST_MAX,
                Setting.AGENTS_TIME_MAX,
                Setting.AGENTS_WAVE_TURNS_MAX,
                Setting.AGENTS_WAVE_TOKENS_MAX,
                Setting.AGENTS_WAVE_COST_MAX,
                Setting.AGENTS_WAVE_TIME_MAX,
                Setting.AGENTS_RUN_TURNS_MAX,
                Setting.AGENTS_RUN_TOKENS_MAX,
                Setting.AGENTS_RUN_COST_MAX,
                Setting.AGENTS_RUN_TIME_MAX,
                Setting.AGENTS_REPAIRS_MAX,
                Setting.AGENTS_IN_FLIGHT_MAX,
                Setting.AGENTS_SESSIONS_OPEN_MAX,
                Setting.AGENTS_SESSIONS_IDLE_MAX,
                Setting.AGENTS_SESSIONS_ANSWER_MAX,
                Setting.AGENTS_ROOM_ROUNDS_MAX,
                Setting.AGENTS_SPAWN_DEPTH_MAX,
                Setting.AGENTS_SPAWN_PER_WORKER_MAX,
                Setting.AGENTS_SPAWN_PER_RUN_MAX,
                Setting.AGENTS_STALL_SAME_CALLS,
                Setting.AGENTS_STALL_SAME_ERRORS,
                Setting.AGENTS_STALL_TALKS,
                Setting.AGENTS_STALL_EMPTY_TURNS,
                Setting.AGENTS_STALL_PING_PONGS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sandbox = off",
        "sandbox = false",
        "sandbox = OFF",
        "server = \"http://evil.example\"",
        "token-file = /etc/passwd",
        "database.url = \"jdbc:postgresql://evil.example/x\"",
        "database { url = \"jdbc:h2:mem:x;INIT=RUNSCRIPT FROM '/tmp/x'\" }",
        "database.password = x",
        "data = .muster",
        "data.trust = volume",
        "results = /root",
        "artifacts = /root",
        "http.host = 0.0.0.0",
        "http.names = evil.example",
        "http.origins = \"https://evil.example\"",
        "cluster.seeds = \"evil.example:7410\"",
        "cluster.tls.authority = evil.pem",
        "node.name = evil",
        "keep.workspaces-failed = 0",
        "keep.runs = 1h",
        "keep.runs-states = failed",
        "keep.unnamed = 2h",
        "headroom.memory-percent = 100",
        "slots = 1000",
        "worker.memory-max = 900g",
        "worker.processes-max = 1000000",
        "shutdown.grace = 3650d",
        "agents.turns-max = 101",
        "agents { at-limit = ask }",
        "agents.waiting = off",
        "agents.in-flight-max = 1000",
        "agents.sessions.idle-max = 31m",
        "agents.room.rounds-max = 51",
        "agents.spawn.per-run-max = 65",
        "agents { stall { talks = 4 } }",
      })
  void whatCouldHurtIsRefusedWithBothWaysOut(String line) throws IOException {
    says("attempts-max = 2\n" + line + "\n");
    assertThat(problems())
        .anySatisfy(problem ->
            assertThat(problem)
                .startsWith(folder.resolve("muster.conf") + ":2: a folder's own file may not set `")
                .contains("home/muster.conf")
                .contains("MUSTER_")
                .contains("`muster trust " + folder + "`"));
  }

  @Test
  void itMayAskForLess() throws IOException {
    says(
        """
        sandbox = require
        slots = 1
        headroom.cpu-percent = 50
        worker.memory-max = 512m
        attempts-max = 1
        """);
    assertThat(read().sandbox()).isEqualTo(Settings.Sandbox.REQUIRE);
    assertThat(read().slots()).isEqualTo(1);
    assertThat(read().worker().memoryMaxBytes()).isEqualTo(512L << 20);
    assertThat(read().attemptsMax()).isEqualTo(1);
  }

  @Test
  void whateverMayBeLessMayBeTheSame() throws IOException {
    for (var setting : Setting.values()) {
      if (setting.fromFolder() != Setting.FromFolder.LESS) continue;
      says("%s = \"%s\"\n".formatted(setting.key(), setting.standard()));
      assertThat(problems()).as(setting.key()).isEmpty();
    }
  }

  /// No limit is the most there is, and what is no number is nothing to compare with.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "agents.tokens-max = \"\"",
        "agents.tokens-max = \" \"",
        "agents { tokens-max = null }",
        "agents.tokens-max = NaN",
        "agents.tokens-max = -1",
        "agents.tokens-max = 1e9",
        "\"agents\".\"tokens-max\" = 1001",
        "agents.tokens-max = 1, agents.tokens-max = 5000",
      })
  void aFolderNeverGetsPastALimitOfTheUser(String line) throws IOException {
    Files.createDirectory(root.resolve("home"));
    Files.writeString(root.resolve("home/muster.conf"), "agents.tokens-max = 1000\n");
    says(line + "\n");
    try {
      assertThat(read().agents().limits().tokensMax()).isEqualTo(1_000L);
    } catch (SettingsException e) {
      assertThat(e.problems()).allSatisfy(it -> assertThat(it).contains("tokens-max"));
    }
  }

  @Test
  void whatAStrongerSourceSaysIsNoQuestion() throws IOException {
    says("sandbox = off\n");
    environment.put("MUSTER_SANDBOX", "require");
    assertThat(read().sandbox()).isEqualTo(Settings.Sandbox.REQUIRE);
  }

  @Test
  void itReadsNoVariables() throws IOException {
    says("node.name = ${PATH}\n");
    assertThat(problems().toString()).contains("${PATH}").doesNotContain(System.getenv("PATH"));
    var file = says("attempts-max = 2\nnode.name = \"x\"${?PATH}\n");
    new TrustedFiles(state).trust(file, Files.readAllBytes(file));
    assertThat(read().nodeName()).isEqualTo("x");
  }

  @Test
  void aLinkAPipeOrAFolderIsNotRead() throws Exception {
    var secret = Files.writeString(root.resolve("secret"), "ghp_SECRET");
    Files.createSymbolicLink(folder.resolve("muster.conf"), secret);
    assertThat(problems()).singleElement().asString().contains("a link to").doesNotContain("ghp_");
    Files.delete(folder.resolve("muster.conf"));
    Files.createDirectory(folder.resolve("muster.conf"));
    assertThat(problems()).singleElement().asString().contains("no regular file");
    Files.delete(folder.resolve("muster.conf"));
    var made = new ProcessBuilder("mkfifo", folder.resolve("muster.conf").toString()).start();
    assertThat(made.waitFor()).isZero();
    assertThat(problems()).singleElement().asString().contains("no regular file");
  }

  @Test
  void theUsersOwnFileCountsOnlyWhereNobodyElseMayWriteIt() throws IOException {
    var home = Files.createDirectory(root.resolve("home"));
    var own = Files.writeString(home.resolve("muster.conf"), "sandbox = off\n");
    assertThat(read().sandbox()).isEqualTo(Settings.Sandbox.OFF);
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(this::read)
        .withMessageContaining("is not yours alone");
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatExceptionOfType(SettingsException.class).isThrownBy(this::read);
  }
}
