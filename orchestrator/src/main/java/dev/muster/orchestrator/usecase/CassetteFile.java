package dev.muster.orchestrator.usecase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.orchestrator.engine.instruction.BoundedFile;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.protocol.agent.Cassette;
import dev.muster.protocol.agent.Cassette.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/// A cassette as a file: one JSON object a line, the first of which says what it is. So it can be
/// read, compared and kept beside the instructions.
public final class CassetteFile {
  private static final int VERSION = 1;

  private CassetteFile() {}

  public static String write(Cassette cassette) {
    var text = new StringBuilder();
    var head = new LinkedHashMap<String, Object>();
    head.put("cassette", VERSION);
    head.put("label", cassette.label());
    text.append(Json.text(head)).append('\n');
    for (var exchange : cassette.exchanges()) text.append(Json.text(exchange)).append('\n');
    return text.toString();
  }

  /// @throws Refusal with the line, for what is none
  public static Cassette read(Path file) {
    var lines = text(file).lines().toList();
    if (lines.isEmpty()) throw invalid(file, 1, "it is empty");
    var head = json(file, 1, lines.getFirst());
    if (head.path("cassette").asInt() != VERSION) {
      throw invalid(file, 1, "expected {\"cassette\":1,\"label\":\"…\"}");
    }
    if (lines.size() > Cassette.EXCHANGES_MAX) {
      throw invalid(
          file,
          Cassette.EXCHANGES_MAX,
          "it holds more than %d exchanges".formatted(Cassette.EXCHANGES_MAX));
    }
    var exchanges = new ArrayList<Exchange>();
    for (var at = 1; at < lines.size(); at++) {
      if (!lines.get(at).isBlank()) exchanges.add(exchange(file, at + 1, lines.get(at)));
    }
    return new Cassette(head.path("label").asText("no label"), exchanges);
  }

  private static Exchange exchange(Path file, int line, String text) {
    try {
      var exchange = Json.mapper().readValue(text, Exchange.class);
      if (exchange.request() != null) return exchange;
    } catch (JsonProcessingException _) {
      throw invalid(file, line, "it is no exchange");
    }
    throw invalid(file, line, "expected an exchange with the digest of its request");
  }

  private static JsonNode json(Path file, int line, String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException _) {
      throw invalid(file, line, "it is no JSON");
    }
  }

  private static String text(Path file) {
    try {
      return new String(BoundedFile.read(file, Cassette.BYTES_MAX), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Refusal.unusable(
          "no-such-cassette",
          "Expected a cassette, as `muster run --record` writes it, but %s cannot be read: %s"
              .formatted(file, e.getMessage()));
    }
  }

  private static Refusal invalid(Path file, int line, String why) {
    return Refusal.unusable(
        "invalid-cassette",
        "%s:%d is no cassette as `muster run --record` writes it: %s".formatted(file, line, why));
  }
}
