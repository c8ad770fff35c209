package dev.muster.orchestrator.api.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/// What a request says before its body.
record Head(
    String requestId,
    String method,
    String path,
    List<String> segments,
    Map<String, String> query,
    Map<String, String> headers) {
  static Head of(HttpRequest request, String path, String requestId) {
    var headers = new HashMap<String, String>();
    request
        .getHeaders()
        .forEach(header ->
            headers.merge(header.lowercaseName(), header.value(), (a, b) -> a + ", " + b));
    var query = new HashMap<String, String>();
    request
        .getUri()
        .query()
        .toList()
        .forEach(pair -> query.putIfAbsent(pair.first(), pair.second()));
    var segments = new ArrayList<String>();
    request.getUri().pathSegments().forEach(segments::add);
    return new Head(
        requestId, request.method().name(), path, List.copyOf(segments), query, headers);
  }

  Head without(Set<String> names) {
    var fewer = new HashMap<>(headers);
    fewer.keySet().removeAll(names);
    return new Head(requestId, method, path, segments, query, fewer);
  }
}
