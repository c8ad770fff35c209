package dev.muster.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.host.settings.Settings;
import dev.muster.host.settings.Settings.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds the manifests of `ops/k8s` against each other and against what a node is.
class PodsTest {
  private static final String ORCHESTRATOR = "muster-orchestrator";
  private static final String WORKER = "muster-worker";

  @ParameterizedTest
  @ValueSource(strings = {ORCHESTRATOR, WORKER})
  void aPodTakesWhatItIsTold(String name) {
    var settings = settings(name, 0);
    assertThat(settings.nodeName()).isEqualTo(name + "-0");
    assertThat(settings.cluster().host()).isEqualTo(name + "-0.muster-nodes");
    assertThat(settings.cluster().role())
        .isEqualTo(name.equals(WORKER) ? Role.WORKER : Role.ORCHESTRATOR);
    assertThat(settings.port()).isEqualTo(port(name, "http"));
    assertThat(settings.cluster().port()).isEqualTo(port(name, "cluster"));
    assertThat(settings.http().host()).as("the kubelet comes from outside").isEqualTo("0.0.0.0");
    assertThat(settings.database().isServer()).isTrue();
  }

  @Test
  void theSeedsAreTheOrchestratorsByTheirStableNames() {
    var replicas = (Integer) set(ORCHESTRATOR).at("spec", "replicas").value();
    assertThat(settings(WORKER, 0).cluster().seeds())
        .containsExactlyElementsOf(
            IntStream.range(0, replicas)
                .mapToObj(i -> settings(ORCHESTRATOR, i).cluster().host() + ":7410")
                .toList());
    var nodes = Manifests.one("Service", "muster-nodes").at("spec");
    assertThat(nodes.at("clusterIP").text()).isEqualTo("None");
    assertThat(nodes.at("publishNotReadyAddresses").value()).isEqualTo(true);
    assertThat(set(ORCHESTRATOR).at("spec", "serviceName").text()).isEqualTo("muster-nodes");
    assertThat(set(WORKER).at("spec", "serviceName").text()).isEqualTo("muster-nodes");
  }

  @Test
  void callersReachTheApiUnderTheNameOfItsService() {
    assertThat(settings(ORCHESTRATOR, 1).http().names())
        .contains("muster-api", "muster-api.muster.svc", "muster-orchestrator-1.muster-nodes");
  }

  @ParameterizedTest
  @ValueSource(strings = {ORCHESTRATOR, WORKER})
  void theProbesAskForWhatThereIs(String name) throws IOException {
    var contract =
        Files.readString(Repository.root().resolve("orchestrator/src/main/resources/openapi.yaml"));
    for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      var get = container(name).at(probe, "httpGet");
      assertThat(contract).contains("  " + get.at("path").text() + ":\n");
      assertThat(get.at("port").text()).isEqualTo("http");
    }
    assertThat(container(name).at("livenessProbe", "httpGet", "path").text())
        .as("a database that is down is no reason to be started again")
        .isEqualTo("/health/live");
    assertThat((Integer) container(name).at("readinessProbe", "timeoutSeconds").value())
        .as("it takes 1.5 s to say that the database does not answer")
        .isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {ORCHESTRATOR, WORKER})
  void aPodHasNoMoreRightsThanItNeedsAndTimeToStop(String name) {
    var pod = pod(name);
    assertThat(pod.at("securityContext", "runAsNonRoot").value()).isEqualTo(true);
    assertThat(pod.at("securityContext", "runAsUser").text()).isEqualTo("10001");
    assertThat(pod.at("securityContext", "seccompProfile", "type").text())
        .isEqualTo("RuntimeDefault");
    assertThat(pod.at("automountServiceAccountToken").value()).isEqualTo(false);
    assertThat(pod.at("enableServiceLinks").value()).isEqualTo(false);
    var rights = container(name).at("securityContext");
    assertThat(rights.at("readOnlyRootFilesystem").value()).isEqualTo(true);
    assertThat(rights.at("allowPrivilegeEscalation").value()).isEqualTo(false);
    assertThat(rights.at("capabilities", "drop").texts()).containsExactly("ALL");
    assertThat(container(name).at("resources").keys()).contains("requests", "limits");
    assertThat((Integer) pod.at("terminationGracePeriodSeconds").value())
        .isGreaterThan((int) settings(name, 0).cluster().grace().toSeconds() + 30);
  }

  @ParameterizedTest
  @ValueSource(strings = {ORCHESTRATOR, WORKER})
  void everyMountHasItsVolume(String name) {
    var volumes = new ArrayList<String>();
    pod(name).at("volumes").list().forEach(it -> volumes.add(it.at("name").text()));
    set(name)
        .at("spec", "volumeClaimTemplates")
        .list()
        .forEach(it -> volumes.add(it.at("metadata", "name").text()));
    var mounts = container(name).at("volumeMounts").list();
    assertThat(mounts.stream().map(it -> it.at("name").text()))
        .containsExactlyInAnyOrderElementsOf(volumes);
    assertThat(mounts.stream().map(it -> it.at("mountPath").text())).contains("/data", "/tmp");
  }

  @ParameterizedTest
  @ValueSource(strings = {ORCHESTRATOR, WORKER})
  void whoeverDrainsMachinesIsHeldBack(String name) {
    var budget = Manifests.one("PodDisruptionBudget", name);
    var selector = budget.at("spec", "selector", "matchLabels").map();
    assertThat(Stream.of(ORCHESTRATOR, WORKER).filter(it -> Manifests.selects(selector, set(it))))
        .containsExactly(name);
    assertThat(Manifests.selects(set(name).at("spec", "selector", "matchLabels").map(), set(name)))
        .isTrue();
  }

  @Test
  void theApiIsServedByOrchestratorsAlone() {
    var selector = Manifests.one("Service", "muster-api").at("spec", "selector").map();
    assertThat(Manifests.selects(selector, set(ORCHESTRATOR))).isTrue();
    assertThat(Manifests.selects(selector, set(WORKER))).isFalse();
    for (var policy : Manifests.ofKind("NetworkPolicy")) {
      var pods = policy.at("spec", "podSelector", "matchLabels").map();
      assertThat(Manifests.selects(pods, set(ORCHESTRATOR))).as(policy.toString()).isTrue();
    }
  }

  @Test
  void secretsComeFromTheSecretThatTheExampleShows() {
    var example = Yaml.documents(Manifests.FOLDER.resolve("secret.example.yaml")).getFirst();
    var name = example.at("metadata", "name").text();
    for (var set : List.of(ORCHESTRATOR, WORKER)) {
      var from = container(set).at("env").named("MUSTER_DATABASE_PASSWORD").at("valueFrom");
      assertThat(from.at("secretKeyRef", "name").text()).isEqualTo(name);
      assertThat(example.at("stringData").keys()).contains(from.at("secretKeyRef", "key").text());
    }
    var secrets = pod(ORCHESTRATOR).at("volumes").named("secrets").at("secret");
    assertThat(secrets.at("secretName").text()).isEqualTo(name);
    var item = secrets.at("items").list().getFirst();
    assertThat(example.at("stringData").keys()).contains(item.at("key").text());
    assertThat(settings(ORCHESTRATOR, 0).http().tokenFile())
        .hasToString("/secrets/" + item.at("path").text());
  }

  private static Yaml set(String name) {
    return Manifests.one("StatefulSet", name);
  }

  private static Yaml pod(String name) {
    return set(name).at("spec", "template", "spec");
  }

  private static Yaml container(String name) {
    return pod(name).at("containers").named("muster");
  }

  private static int port(String name, String port) {
    return (Integer) container(name).at("ports").named(port).at("containerPort").value();
  }

  /// Of the pod with this number, as the kubelet would lay its environment together.
  private static Settings settings(String name, int number) {
    var environment = new TreeMap<String, String>();
    for (var source : container(name).at("envFrom").list()) {
      var map = Manifests.one("ConfigMap", source.at("configMapRef", "name").text());
      map.at("data").map().forEach((key, value) -> environment.put("" + key, "" + value));
    }
    for (var variable : container(name).at("env").list()) {
      environment.put(
          variable.at("name").text(), value(variable, name + "-" + number, environment));
    }
    return DeployedNode.settings(environment);
  }

  private static String value(Yaml variable, String pod, Map<String, String> before) {
    if (variable.has("value")) {
      var text = variable.at("value").text();
      for (var earlier : before.entrySet()) {
        text = text.replace("$(" + earlier.getKey() + ")", earlier.getValue());
      }
      assertThat(text).as("refers to a later variable").doesNotContain("$(");
      return text;
    }
    var from = variable.at("valueFrom");
    return from.has("secretKeyRef")
        ? "secret"
        : from.at("fieldRef", "fieldPath").text().equals("metadata.name") ? pod : "?";
  }
}
