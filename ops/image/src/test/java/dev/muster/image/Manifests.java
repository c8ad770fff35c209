package dev.muster.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What `kubectl apply --kustomize ops/k8s` applies.
final class Manifests {
  static final Path FOLDER = Repository.root().resolve("ops/k8s");

  private Manifests() {}

  static Yaml kustomization() {
    return Yaml.documents(FOLDER.resolve("kustomization.yaml")).getFirst();
  }

  static List<Yaml> all() {
    return kustomization().at("resources").texts().stream()
        .flatMap(name -> Yaml.documents(FOLDER.resolve(name)).stream())
        .toList();
  }

  static List<Yaml> ofKind(String kind) {
    return all().stream().filter(it -> it.at("kind").text().equals(kind)).toList();
  }

  static Yaml one(String kind, String name) {
    return ofKind(kind).stream()
        .filter(it -> it.at("metadata", "name").text().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " is named " + name));
  }

  /// Whether a selector, by its labels, matches what a pod is labelled with.
  static boolean selects(Map<?, ?> selector, Yaml statefulSet) {
    var labels = statefulSet.at("spec", "template", "metadata", "labels").map();
    return labels.entrySet().containsAll(selector.entrySet());
  }
}
