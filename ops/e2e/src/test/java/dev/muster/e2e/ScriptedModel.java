package dev.muster.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.testkit.model.ModelServer;
import dev.muster.testkit.model.Received;
import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A model that does as it was told, worker by worker: which turn it is is told by what was said so
/// far, so that it remembers nothing and answers a repeated question alike.
public final class ScriptedModel implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern WORKER = Pattern.compile("You are (WORKER_[0-9.]*[0-9])");

  /// How agents are told so.
  static final String UNKNOWN = "The outcome is unknown";

  private static final Turn NOTHING =
      Turn.status(400, "{\"error\":{\"message\":\"nothing is scripted for this\"}}");

  private final ModelServer server = ModelServer.open();
  private final Map<String, BiFunction<Integer, String, Turn>> scripts = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Turn> unsure = new ConcurrentHashMap<>();

  /// A question.
  ///
  /// @param turn how many answers it already holds
  public record Asked(String worker, int turn, Instant at) {}

  public ScriptedModel() {
    server.otherwise(this::answer);
  }

  public ScriptedModel worker(String id, Turn... turns) {
    return worker(id, (turn, _) -> turn < turns.length ? turns[turn] : NOTHING);
  }

  /// @param turns by how many there were before, and what was asked
  public ScriptedModel worker(String id, BiFunction<Integer, String, Turn> turns) {
    scripts.put(id, turns);
    return this;
  }

  /// For questions that are not those of an agent of ours.
  ScriptedModel otherwise(Function<Received, Turn> turns) {
    server.otherwise(turns);
    return this;
  }

  /// What it does when it hears that nobody knows whether a worker's command ran; then the worker's
  /// script goes on.
  public ScriptedModel unsure(String id, Turn turn) {
    unsure.put(id, turn);
    return this;
  }

  /// Settings of a user, under the folder that XDG_CONFIG_HOME names.
  public void setUp(Path config) throws IOException {
    setUp(config, "key = none", "");
  }

  /// @param provider more of its provider
  /// @param more of `models`, beside it
  void setUp(Path config, String provider, String more) throws IOException {
    var file = config.resolve("muster/muster.conf");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        models {
          providers.loopback {
            kind = openai, url = "%s/v1", %s
            prices { scripted = [1, 2] }
          }
          profiles.local { targets = ["loopback/scripted"], suits = [mechanical, hybrid, creative] }
          %s
        }
        """
            .formatted(server.url(), provider, more));
  }

  URI url() {
    return server.url();
  }

  public List<Received> received() {
    return server.received();
  }

  /// What was asked for a worker, in order.
  List<Asked> asked(String worker) {
    return asked.stream().filter(it -> it.worker().equals(worker)).toList();
  }

  private Turn answer(Received request) {
    try {
      var messages = JSON.readTree(request.body()).path("messages");
      var worker = WORKER.matcher(messages.path(0).path("content").asText());
      if (!worker.find()) return NOTHING;
      var answers = 0;
      var turn = 0;
      var doubt = false;
      for (var message : messages) {
        if (message.path("role").asText().equals("assistant")) {
          answers++;
          turn += doubt ? 0 : 1;
          doubt = false;
        } else if (message.path("content").asText().startsWith(UNKNOWN)) {
          doubt = true;
        }
      }
      asked.add(new Asked(worker.group(1), answers, Instant.now()));
      if (doubt) return unsure.getOrDefault(worker.group(1), NOTHING);
      return scripts.getOrDefault(worker.group(1), (_, _) -> NOTHING).apply(turn, request.body());
    } catch (JsonProcessingException e) {
      return NOTHING;
    }
  }

  /// One answer with several calls.
  public static Turn calls(Turn... each) {
    var tools = new ArrayList<Turn.Tool>();
    for (var turn : each) tools.addAll(((Turn.Call) turn).tools());
    return new Turn.Call(tools);
  }

  public static Turn write(String path, String content) {
    return call("write", Map.of("path", path, "content", content));
  }

  public static Turn shell(String script) {
    return call("shell", Map.of("script", script));
  }

  public static Turn finish(String summary) {
    return call("finish", Map.of("summary", summary));
  }

  public static Turn call(String tool, Map<String, Object> arguments) {
    try {
      return Turn.call(tool, JSON.writeValueAsString(new TreeMap<>(arguments)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
