package dev.muster.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.host.trust.StateFolder;
import dev.muster.orchestrator.usecase.RunRetention;
import dev.muster.protocol.run.RunPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  @TempDir Path folder;
  private final Map<Setting, String> flags = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  private SettingsReader.Loaded read() {
    return SettingsReader.read(
        new SettingsSources(flags, environment, folder, folder.resolve("user.conf"), state()));
  }

  private StateFolder state() {
    return new StateFolder(folder.resolve("state"));
  }

  private Resolved resolved(Setting setting) {
    return read().resolved().stream()
        .filter(found -> found.setting() == setting)
        .findFirst()
        .orElseThrow();
  }

  private void folderFile(String text) throws IOException {
    Files.writeString(folder.resolve("muster.conf"), text);
  }

  private void userFile(String text) throws IOException {
    Files.writeString(folder.resolve("user.conf"), text);
  }

  @Test
  void everySettingHasAUsableDefault() {
    var settings = read().settings();
    assertThat(settings.data()).isEqualTo(state().dataOf(folder));
    assertThat(settings.port()).isEqualTo(7400);
    assertThat(settings.approvalWaitMax()).isEqualTo(Duration.ofHours(24));
    assertThat(settings.sandbox()).isEqualTo(Settings.Sandbox.PREFER);
    assertThat(settings.headroom().memoryPercent()).isEqualTo(85);
    assertThat(settings.worker().memoryMaxBytes()).isEqualTo(1L << 30);
    assertThat(settings.slots()).isPositive();
  }

  @Test
  void runsAreKeptUntilSomebodySaysHowLong() {
    assertThat(read().settings().keep().runs()).isNull();
    environment.put("MUSTER_KEEP_RUNS", "30d");
    environment.put("MUSTER_KEEP_RUNS_STATES", "completed, failed");
    assertThat(read().settings().keep().runs())
        .isEqualTo(
            new RunRetention.Policy(
                Duration.ofDays(30), Set.of(RunPhase.COMPLETED, RunPhase.FAILED)));
    environment.put("MUSTER_KEEP_RUNS", "5m");
    environment.put("MUSTER_KEEP_RUNS_STATES", "running");
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(this::read)
        .withMessageContaining("keep.runs is `5m`, expected at least 1h")
        .withMessageContaining(
            "keep.runs-states is `running`, expected any, or of completed,incomplete");
  }

  @Test
  void callersOfTheApiAreToldEverySettingButNoSecret() {
    environment.put("MUSTER_DATABASE_PASSWORD", "hush");
    environment.put("MUSTER_WEBHOOK_URL", "https://hooks.example:8443/services/T0/hush");
    environment.put("MUSTER_WEBHOOK_KEY_FILE", folder.resolve("key").toString());
    var shown = read().settings().shown();
    assertThat(shown).hasSize(Setting.values().length);
    assertThat(shown.toString())
        .doesNotContain("hush")
        .contains("https://hooks.example:8443/…", "environment MUSTER_DATABASE_PASSWORD", "***");
  }

  @Test
  void onlyTheUserSaysWhatMayBeWrittenOutsideOfTheTarget() throws IOException {
    environment.put("HOME", "/home/me");
    userFile("approvals.write-outside = \"/srv/www, ~/site\"\n");
    assertThat(read().settings().writeOutside())
        .containsExactly(Path.of("/srv/www"), Path.of("/home/me/site"));
    folderFile("approvals.write-outside = /\n");
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(this::read)
        .withMessageContaining("approvals.write-outside")
        .withMessageContaining("user.conf");
  }

  @Test
  void aStrongerSourceWinsAndIsNamed() throws IOException {
    assertThat(resolved(Setting.PORT).origin()).isEqualTo("default");
    userFile("port = 1\n");
    assertThat(resolved(Setting.PORT).origin()).endsWith("user.conf:1");
    folderFile("\nport = 2\n");
    assertThat(resolved(Setting.PORT).origin()).endsWith("muster.conf:2");
    environment.put("MUSTER_PORT", "3");
    assertThat(resolved(Setting.PORT).origin()).isEqualTo("environment MUSTER_PORT");
    flags.put(Setting.PORT, "4");
    assertThat(resolved(Setting.PORT)).isEqualTo(new Resolved(Setting.PORT, "4", "flag --port"));
    assertThat(read().settings().port()).isEqualTo(4);
  }

  @Test
  void aFlagIsNamedAsItIsTyped() {
    flags.put(Setting.DATABASE_URL, "postgres");
    flags.put(Setting.SEEDS, "here");
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(this::read)
        .satisfies(e ->
            assertThat(e.problems())
                .anyMatch(p -> p.startsWith("flag --db: database.url is `postgres`"))
                .anyMatch(p -> p.startsWith("flag --seed: cluster.seeds is `here`")));
  }

  @Test
  void aSeedHasAPortThatThereIs() {
    flags.put(Setting.SEEDS, "a.example:65536");
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(this::read)
        .satisfies(e ->
            assertThat(e.problems())
                .anyMatch(p -> p.contains("cluster.seeds is `a.example:65536`")));
  }

  @Test
  void severalNodesNeedADatabaseTheyShare() {
    flags.put(Setting.ROLE, "worker");
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(this::read)
        .satisfies(e ->
            assertThat(e.problems())
                .singleElement()
                .asString()
                .contains("but database.url is not set; set it with --db "));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() throws IOException {
    folderFile("port = many\nheadroom.cpu-percent = 120\nprot = 7\nslots = [1]\n");
    environment.put("MUSTER_BACKOFF_MIN", "5m");
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(this::read)
        .satisfies(e ->
            assertThat(e.problems())
                .anyMatch(p -> p.contains("muster.conf:1: port is `many`, expected a whole"))
                .anyMatch(p -> p.contains("headroom.cpu-percent is `120.0`") || p.contains("`120`"))
                .anyMatch(p -> p.contains("muster.conf:3: there is no setting `prot`"))
                .anyMatch(p -> p.contains("expected one value for `slots`"))
                .anyMatch(p -> p.contains("backoff.min is `5m`, expected at most")));
  }

  @Test
  void aFileThatIsNoHoconIsNamed() throws IOException {
    folderFile("port = {");
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(this::read)
        .withMessageContaining("muster.conf");
  }

  @Test
  void aSecretIsNeverShown() {
    environment.put("MUSTER_DATABASE_PASSWORD", "hush");
    assertThat(resolved(Setting.DATABASE_PASSWORD).shown()).isEqualTo("***");
    assertThat(read().settings().toString()).doesNotContain("hush");
  }

  @Test
  void whatKubernetesInjectsIsNoPort() {
    environment.put("MUSTER_PORT", "tcp://10.0.0.1:7400");
    assertThat(read().settings().port()).isEqualTo(7400);
  }

  @Test
  void theSandboxCanBeSwitchedOffInEitherSpelling() throws IOException {
    userFile("sandbox = off\n");
    assertThat(read().settings().sandbox()).isEqualTo(Settings.Sandbox.OFF);
    userFile("sandbox = \"require\"\n");
    assertThat(read().settings().sandbox()).isEqualTo(Settings.Sandbox.REQUIRE);
  }
}
