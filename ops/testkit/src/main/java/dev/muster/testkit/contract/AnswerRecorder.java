package dev.muster.testkit.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.protocol.view.AnswerWitness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Keeps one answer of each shape in a file, for the JVM of the tests to look at. Costs a node next
/// to nothing: what looks like something that was kept is not kept again.
public final class AnswerRecorder implements AnswerWitness {
  /// The folder; nothing is kept where it is not set.
  public static final String TO = "muster.answers.to";

  private static final int SHAPES_MAX = 2_000;
  private static final int BODY_BYTES_MAX = 1 << 20;

  /// Of a longer list or stream the rest looks the same.
  private static final int LINES_MAX = 50;

  private static final int FILE = 1 << 12;
  private static final String WORD = "[A-Z][A-Z_]{1,30}|[a-z][a-z-]{1,30}";

  private final ObjectMapper json = new ObjectMapper();
  private final Set<String> seen = new HashSet<>(FILE);

  /// An answer as it is kept.
  ///
  /// @param body JSON; empty for what is none
  record Kept(String method, String path, int status, String type, String body) {}

  @Override
  public boolean listens() {
    return !System.getProperty(TO, "").isEmpty();
  }

  @Override
  public void saw(String method, String path, int status, String type, byte[] body) {
    var to = System.getProperty(TO, "");
    if (to.isEmpty() || body.length > BODY_BYTES_MAX) return;
    var text = new String(body, StandardCharsets.UTF_8);
    try {
      for (var part : parts(type, text)) keep(to, new Kept(method, path, status, type, part));
    } catch (IOException e) {
      // A node does not fail for want of a witness.
      System.err.println("an answer of " + path + " was not kept: " + e);
    }
  }

  /// What of it is held against a schema.
  private List<String> parts(String type, String text) throws JsonProcessingException {
    if (type.equals("text/event-stream")) return events(text);
    if (type.equals("application/x-ndjson")) {
      return text.lines().limit(LINES_MAX).filter(this::isWhole).toList();
    }
    return List.of(type.endsWith("json") ? text : "");
  }

  /// A piece of a stream may begin and end within a line.
  private boolean isWhole(String line) {
    try {
      return json.readTree(line).isObject();
    } catch (JsonProcessingException _) {
      return false;
    }
  }

  /// As a WebSocket would have them.
  private List<String> events(String text) throws JsonProcessingException {
    var events = new ArrayList<String>();
    for (var part : text.split("\n\n", LINES_MAX)) {
      var event = json.createObjectNode();
      for (var line : part.lines().toList()) {
        if (line.startsWith("event: ")) event.put("event", line.substring(7));
        if (line.startsWith("id: ")) event.put("id", line.substring(4));
        if (line.startsWith("data: ")) event.set("data", json.readTree(line.substring(6)));
      }
      if (event.has("data")) events.add(event.toString());
    }
    return events;
  }

  private synchronized void keep(String to, Kept kept) throws IOException {
    var key = kept.method + place(kept.path) + kept.status + kept.type + shape(kept.body);
    if (seen.size() >= SHAPES_MAX || !seen.add(key)) return;
    var folder = Files.createDirectories(Path.of(to));
    Files.writeString(
        folder.resolve(ProcessHandle.current().pid() + ".jsonl"),
        json.writeValueAsString(
                Map.of(
                    "method", kept.method,
                    "path", kept.path,
                    "status", kept.status,
                    "type", kept.type,
                    "body", kept.body))
            + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /// Ids have digits, words of our paths have none but that of the version.
  private static String place(String path) {
    return path.replaceAll("/(?!v1/)[^/]*[0-9][^/]*", "/*");
  }

  private String shape(String body) {
    if (body.isEmpty()) return "";
    var all = new TreeSet<String>();
    try {
      collect("", json.readTree(body), all);
    } catch (JsonProcessingException _) {
      all.add("malformed");
    }
    return all.toString();
  }

  private static void collect(String at, JsonNode node, Set<String> all) {
    if (node.isObject()) {
      if (node.isEmpty()) all.add(at + "{}");
      node.properties().forEach(it -> collect(at + "/" + place(it.getKey()), it.getValue(), all));
    } else if (node.isArray()) {
      all.add(at + "[]");
      node.forEach(it -> collect(at + "[]", it, all));
    } else {
      var text = node.asText();
      var word = node.isTextual() && text.matches(WORD);
      all.add(at + ":" + (word ? text : node.getNodeType().toString()));
    }
  }
}
