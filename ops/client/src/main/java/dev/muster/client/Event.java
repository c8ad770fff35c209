package dev.muster.client;

import com.fasterxml.jackson.databind.JsonNode;

/// One event of a stream.
///
/// @param name a topic, or `snapshot`, `reset` or `heartbeat`
/// @param id after which one may resume; empty where there is nothing to resume after
/// @param data as the contract describes it for that name
public record Event(String name, String id, JsonNode data) {}
