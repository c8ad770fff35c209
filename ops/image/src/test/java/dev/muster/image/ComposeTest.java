package dev.muster.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.settings.Settings;
import dev.muster.host.settings.Settings.FileSharing;
import dev.muster.host.settings.Settings.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds `docker-compose.yml` against itself and against the settings it sets.
class ComposeTest {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::([-?])([^}]*))?}");

  /// What a service of ours uses; whoever adds a word looks it up first.
  private static final Set<String> WORDS =
      Set.of(
          "image",
          "init",
          "read_only",
          "cap_drop",
          "security_opt",
          "tmpfs",
          "restart",
          "stop_grace_period",
          "depends_on",
          "healthcheck",
          "logging",
          "hostname",
          "environment",
          "ports",
          "volumes",
          "networks",
          "mem_limit",
          "pids_limit",
          "shm_size");

  private static Yaml compose;

  @BeforeAll
  static void read() throws IOException {
    var text = Files.readString(Repository.root().resolve("docker-compose.yml"));
    compose = Yaml.of(interpolated(text), "docker-compose.yml");
  }

  /// As Compose does, with no variable set but those that must be.
  private static String interpolated(String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(found -> "-".equals(found.group(2)) ? found.group(3) : "of-" + found.group(1))
        .replace("$$", "$");
  }

  @Test
  void whatItNamesIsThere() {
    assertThat(compose.keys()).allMatch(key -> isIn(key, "services", "networks", "volumes"));
    for (var name : compose.at("services").keys()) {
      var service = service(name);
      assertThat(service.keys()).as(name).isSubsetOf(WORDS);
      assertThat(service.at("networks").texts()).isSubsetOf(compose.at("networks").keys());
      for (var volume : service.at("volumes").texts()) {
        assertThat(compose.at("volumes").keys()).as(name).contains(volumeOf(volume));
      }
      if (!service.has("depends_on")) continue;
      for (var other : service.at("depends_on").keys()) {
        assertThat(service.at("depends_on", other, "condition").text())
            .isEqualTo("service_healthy");
        assertThat(service(other).has("healthcheck")).as(other).isTrue();
      }
    }
  }

  private static boolean isIn(String key, String... words) {
    return key.startsWith("x-") || List.of(words).contains(key);
  }

  @Test
  void nodesShareWhatTheyMustAndNothingElse() {
    var nodes = List.of("orchestrator", "worker-1", "worker-2");
    for (var name : nodes) {
      assertThat(service(name).at("volumes").texts())
          .contains(name + ":/data", "artifacts:/artifacts", "work:/work");
      assertThat(settings(name).cluster().artifacts()).hasToString("/artifacts");
    }
    for (var volume : compose.at("volumes").keys()) {
      var users =
          compose.at("services").keys().stream()
              .filter(name ->
                  service(name).at("volumes").texts().stream()
                      .anyMatch(mount -> volumeOf(mount).equals(volume)))
              .toList();
      if (Set.of("artifacts", "work").contains(volume)) assertThat(users).isEqualTo(nodes);
      else assertThat(users).as(volume).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"orchestrator", "worker-1", "worker-2"})
  void aNodeTakesWhatItIsTold(String name) {
    var settings = settings(name);
    assertThat(settings.nodeName()).isEqualTo(name).isEqualTo(service(name).at("hostname").text());
    assertThat(settings.cluster().host()).isEqualTo(name);
    assertThat(settings.cluster().role())
        .isEqualTo(name.startsWith("worker") ? Role.WORKER : Role.ORCHESTRATOR);
    assertThat(settings.cluster().files()).isEqualTo(FileSharing.SHARED);
    assertThat(settings.cluster().seeds()).containsExactly("orchestrator:7410");
    assertThat(settings.cluster().port()).isEqualTo(7410);
    assertThat(settings.data()).hasToString("/data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orchestrator", "worker-1", "worker-2"})
  void aNodeHasNoMoreRightsThanItNeedsAndTimeToStop(String name) {
    var service = service(name);
    assertThat(service.at("read_only").value()).isEqualTo(true);
    assertThat(service.at("cap_drop").texts()).containsExactly("ALL");
    assertThat(service.at("security_opt").texts()).contains("no-new-privileges:true");
    assertThat(service.at("stop_grace_period").seconds())
        .isGreaterThan((int) settings(name).cluster().grace().toSeconds() + 30);
    var probe = String.join(" ", service.at("healthcheck", "test").texts());
    assertThat(probe).contains("/health/ready", "/dev/tcp/127.0.0.1/" + settings(name).port());
  }

  @Test
  void theDatabaseIsTheOneTheNodesAreTold() {
    var postgres = service("postgres").at("environment");
    for (var name : List.of("orchestrator", "worker-1", "worker-2")) {
      var database = settings(name).database();
      assertThat(database.url())
          .isEqualTo("jdbc:postgresql://postgres:5432/" + postgres.at("POSTGRES_DB").text());
      assertThat(database.user()).isEqualTo(postgres.at("POSTGRES_USER").text());
      assertThat(database.password()).isEqualTo(postgres.at("POSTGRES_PASSWORD").text());
    }
  }

  @Test
  void noSecretIsWrittenDown() throws IOException {
    assertThat(Files.readAllLines(Repository.root().resolve("docker-compose.yml")))
        .filteredOn(line -> line.strip().matches("[A-Z_]*PASSWORD:.*"))
        .hasSize(2)
        .allMatch(line -> line.contains("${MUSTER_DATABASE_PASSWORD:?"));
  }

  @Test
  void onlyTheApiIsReachableAndThatFromThisMachineAlone() {
    var open =
        compose.at("services").keys().stream()
            .filter(name -> service(name).has("ports"))
            .collect(Collectors.toMap(name -> name, name -> service(name).at("ports").texts()));
    assertThat(open).isEqualTo(Map.of("orchestrator", List.of("127.0.0.1:7400:7400")));
    assertThat(settings("orchestrator").http().host()).isEqualTo("0.0.0.0");
    assertThat(settings("worker-1").http().host()).isEqualTo("127.0.0.1");
    assertThat(compose.at("networks", "cluster", "internal").value()).isEqualTo(true);
  }

  private static String volumeOf(String mount) {
    return mount.substring(0, mount.indexOf(':'));
  }

  private static Yaml service(String name) {
    return compose.at("services", name);
  }

  private static Settings settings(String service) {
    var environment = new TreeMap<String, String>();
    service(service)
        .at("environment")
        .map()
        .forEach(
            (key, value) -> environment.put(String.valueOf(key), value == null ? "" : "" + value));
    return DeployedNode.settings(environment);
  }
}
