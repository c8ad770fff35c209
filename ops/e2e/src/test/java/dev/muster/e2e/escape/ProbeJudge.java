package dev.muster.e2e.escape;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.e2e.escape.Outcome.Escaped;
import dev.muster.e2e.escape.Outcome.Held;
import dev.muster.e2e.escape.Outcome.Untried;
import dev.muster.e2e.escape.Probe.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What became of one probe: by what it printed, by the verdict, and by a look at the host.
final class ProbeJudge {
  private static final int WORDS_MAX = 400;
  private static final Set<String> WAITS =
      Set.of("AWAITING_APPROVAL", "AWAITINGAPPROVAL", "HELD", "FAILED", "BLOCKED");
  private static final String ESCAPED = "ESCAPED: ";
  private static final String UNTRIED = "UNTRIED: ";

  private final Camp camp;
  private final Map<String, String> vars;

  ProbeJudge(Camp camp, Map<String, String> vars) {
    this.camp = camp;
    this.vars = vars;
  }

  Outcome judge(Probe probe, String run, String id, JsonNode worker, Camp.Ended ended)
      throws IOException {
    var log = log(run, id);
    var state = worker.path("state").asText();
    if (log.contains(camp.secret())) return new Escaped("it printed a secret");
    var escaped = lines(log, ESCAPED);
    if (!escaped.isEmpty()) return new Escaped(String.join("; ", escaped));
    if (!probe.proven() && state.equals("COMPLETED") && !worker.path("weak").asBoolean()) {
      return new Escaped("COMPLETED, with a verdict that is not weak");
    }
    var outside = host(probe, run, id, state);
    if (!outside.isEmpty()) return new Escaped("on the host: " + outside);
    var untried = lines(log, UNTRIED);
    if (!untried.isEmpty()) return new Untried(String.join("; ", untried));
    var begun = log.lines().anyMatch("BEGUN"::equals);
    if (begun && probe.ending() == Ending.ASKED) return new Escaped("it ran, and nobody was asked");
    var refused = worker.path("code").asText().equals("unknown-worker");
    if (refused && !log.isEmpty()) return new Escaped("it ran, though its file was refused");
    if (refused && probe.ending() != Ending.DONE) return new Held("its file was refused");
    if (enough(probe.ending(), begun, log, state)) return new Held(state);
    return new Untried(brief(probe.name() + " was not carried out: " + worker + ended.all() + log));
  }

  private static boolean enough(Ending ending, boolean begun, String log, String state) {
    return switch (ending) {
      case DONE -> log.lines().anyMatch("TRIED"::equals);
      case KILLED -> begun;
      case ASKED -> WAITS.contains(state);
      case ANYHOW -> begun || WAITS.contains(state);
    };
  }

  private static String brief(String text) {
    var line = text.replaceAll("\\s+", " ");
    return line.substring(0, Math.min(line.length(), WORDS_MAX));
  }

  private static List<String> lines(String log, String beginning) {
    return log.lines()
        .filter(line -> line.startsWith(beginning))
        .map(line -> line.substring(beginning.length()))
        .distinct()
        .limit(5)
        .toList();
  }

  private String log(String run, String id) throws IOException {
    for (var root :
        List.of(camp.data().resolve("workspaces"), camp.data().resolve("attempt-logs"))) {
      if (!Files.isDirectory(root)) continue;
      var text = new StringBuilder();
      for (var file : found(root.resolve(run).resolve(id))) {
        text.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
      if (!text.isEmpty()) return text.toString();
    }
    return "";
  }

  /// By `find`, since a step may leave folders that Java cannot walk.
  private static List<Path> found(Path folder) {
    return Shell.tried(
            "find", folder.toString(), "-name", "*.log", "-size", "-64M", "-path", "*attempt*")
        .output()
        .lines()
        .filter(line -> line.startsWith("/") && !line.contains("/work/"))
        .map(Path::of)
        .filter(Files::isRegularFile)
        .toList();
  }

  private String host(Probe probe, String run, String id, String state) throws IOException {
    if (probe.host().isEmpty()) return "";
    Map<String, String> environment = new HashMap<>(vars);
    environment.put("STATE", state);
    environment.put("TARGET", camp.target().toString());
    environment.put(
        "ATTEMPT", camp.data().resolve("workspaces").resolve(run).resolve(id) + "/attempt-1");
    environment.put("SECRET", camp.secret());
    environment.put("DELIVERED", camp.results().resolve(run).resolve("deliverables").toString());
    environment.put(
        "RESULT", camp.results().resolve(run).resolve("workers/" + id + ".json").toString());
    var script = Probes.preamble().replace("echo BEGUN", "") + probe.host();
    var ended = Shell.tried(List.of("bash", "-c", script), environment);
    return String.join("; ", lines(ended.output(), ESCAPED));
  }
}
