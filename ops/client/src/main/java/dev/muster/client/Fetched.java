package dev.muster.client;

import com.fasterxml.jackson.databind.JsonNode;

/// What a node said: as it said it, and as this side understands it.
public record Fetched<T>(JsonNode raw, T view) {
  static <T> Fetched<T> of(JsonNode raw, Class<T> type) {
    return new Fetched<>(raw, Json.as(raw, type));
  }
}
