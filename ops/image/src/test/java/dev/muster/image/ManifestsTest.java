package dev.muster.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Checks every manifest against the schema of its kind, in which no field is unknown and none that
/// is required is missing.
class ManifestsTest {
  private interface Schema {
    void check(JsonElement json) throws IOException;
  }

  private static final Map<String, Schema> SCHEMAS =
      Map.of(
          "v1 Namespace", V1Namespace::validateJsonElement,
          "v1 ConfigMap", V1ConfigMap::validateJsonElement,
          "v1 Secret", V1Secret::validateJsonElement,
          "v1 Service", V1Service::validateJsonElement,
          "apps/v1 StatefulSet", V1StatefulSet::validateJsonElement,
          "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
          "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement);

  static Stream<Yaml> manifests() {
    return Stream.concat(
        Manifests.all().stream(),
        Yaml.documents(Manifests.FOLDER.resolve("secret.example.yaml")).stream());
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void everyManifestFitsItsSchema(Yaml manifest) throws IOException {
    check(manifest);
  }

  private static void check(Yaml manifest) throws IOException {
    var kind = manifest.at("apiVersion").text() + " " + manifest.at("kind").text();
    var schema = SCHEMAS.get(kind);
    if (schema == null) throw new AssertionError(manifest.where() + ": no schema for " + kind);
    schema.check(new Gson().toJsonTree(manifest.value()));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void theSchemaNoticesAMistake(String wrong) {
    var manifest =
        Yaml.of(
            """
            apiVersion: apps/v1
            kind: StatefulSet
            spec:
              serviceName: x
              selector: {matchLabels: {a: b}}
              template:
                spec:
                  containers: [{name: x, image: y, %s}]
            """
                .formatted(wrong),
            wrong);
    assertThatThrownBy(() -> check(manifest)).isInstanceOf(RuntimeException.class);
  }

  static List<String> mistakes() {
    return List.of(
        "imagePullPolicies: Always",
        "securityContext: {runAsNonroot: true}",
        "ports: [{name: http}]",
        "env: {MUSTER_ROLE: worker}",
        "readinessProbe: {httpGet: {path: /health/ready}}",
        "volumeMounts: [{name: data}]");
  }

  @Test
  void theKustomizationNamesEveryManifestButTheExample() throws IOException {
    try (var files = Files.list(Manifests.FOLDER)) {
      assertThat(Manifests.kustomization().at("resources").texts())
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".yaml"))
                  .filter(name -> !name.equals("kustomization.yaml"))
                  .filter(name -> !name.startsWith("secret.example"))
                  .toList());
    }
  }
}
