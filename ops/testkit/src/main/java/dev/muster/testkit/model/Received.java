package dev.muster.testkit.model;

import java.util.Map;

/// A request as it came.
///
/// @param headers names in lower case
public record Received(String path, Map<String, String> headers, String body) {
  public Received {
    headers = Map.copyOf(headers);
  }

  public Protocol protocol() {
    return Protocol.ofPath(path);
  }

  boolean isAboutModels() {
    return body.isEmpty() && (path.endsWith("/models") || path.endsWith("/api/tags"));
  }

  boolean streams() {
    return path.contains(":streamGenerateContent") || body.contains("\"stream\":true");
  }
}
