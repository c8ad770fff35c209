package dev.muster.orchestrator.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line of the API: a method, a path with `{placeholders}`, and what carries it out.
///
/// @param secured needs the operator's token
/// @param bodyBytesMax larger bodies are refused before they are read
/// @param types what it can answer; empty when it decides by itself
/// @param early answers even before the node is ready
record Endpoint(
    String method,
    List<String> segments,
    Handler handler,
    boolean secured,
    int bodyBytesMax,
    List<String> types,
    boolean early) {
  static final int MIB = 1 << 20;

  Endpoint {
    segments = List.copyOf(segments);
    types = List.copyOf(types);
  }

  /// May block, and throws `ProblemException` to refuse.
  @FunctionalInterface
  interface Handler {
    Answer handle(Call call);
  }

  static Endpoint get(String path, Handler handler) {
    return new Endpoint("GET", split(path), handler, false, MIB, List.of(Answer.JSON), false);
  }

  /// Changes something, and so needs the operator's token.
  static Endpoint post(String path, Handler handler) {
    return new Endpoint("POST", split(path), handler, true, MIB, List.of(Answer.JSON), false);
  }

  static Endpoint delete(String path, Handler handler) {
    return new Endpoint("DELETE", split(path), handler, true, MIB, List.of(Answer.JSON), false);
  }

  Endpoint answering(String... answers) {
    return new Endpoint(method, segments, handler, secured, bodyBytesMax, List.of(answers), early);
  }

  Endpoint unsecured() {
    return new Endpoint(method, segments, handler, false, bodyBytesMax, types, early);
  }

  Endpoint beforeReady() {
    return new Endpoint(method, segments, handler, secured, bodyBytesMax, types, true);
  }

  Endpoint taking(int bytesMax) {
    return new Endpoint(method, segments, handler, secured, bytesMax, types, early);
  }

  /// What the placeholders stand for; null when the path is another one.
  @Nullable Map<String, String> match(List<String> path) {
    if (path.size() != segments.size()) return null;
    var parts = new LinkedHashMap<String, String>();
    for (var i = 0; i < path.size(); i++) {
      var segment = segments.get(i);
      if (segment.startsWith("{")) {
        parts.put(segment.substring(1, segment.length() - 1), path.get(i));
      } else if (!segment.equals(path.get(i))) {
        return null;
      }
    }
    return parts;
  }

  private static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
