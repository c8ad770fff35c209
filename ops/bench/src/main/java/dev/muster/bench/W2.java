package dev.muster.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// `muster run instructions/hello` with nothing known before: from the start of its process, by the
/// clock that the journal uses, to its first worker completed; and to the end of all. Beside it,
/// from the start of `muster up` to the first answer of its API.
record W2(Build build) implements Engine {
  private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(2);

  static List<Engine> engines(Scope scope) {
    return scope.builds().stream().<Engine>map(W2::new).toList();
  }

  @Override
  public String name() {
    return build.name();
  }

  @Override
  public Round round(int workers, Path folder) throws IOException, InterruptedException {
    var up = Files.createDirectory(folder.resolve("up"));
    var answers = answers(up);
    var hello = build.checkout().resolve("instructions/hello").toString();
    var timed = build.muster(folder, Map.of(), "run", hello, "--approve", "all", "--no-input");
    var first = build.events(folder, Map.of()).of("Completed").findFirst().orElseThrow().at();
    return timed.on(
        Round.of(name())
            .with("firstWorkerMillis", Duration.between(timed.began(), first).toNanos() / 1e6)
            .with("apiMillis", answers));
  }

  private double answers(Path folder) throws IOException, InterruptedException {
    var since = System.nanoTime();
    var node = Node.start(build, folder, Map.of());
    try (var http = HttpClient.newHttpClient()) {
      node.await(ANSWERS_WITHIN);
      var live = HttpRequest.newBuilder(URI.create(node.url() + "/health/live")).build();
      while (!answers(http, live)) Thread.sleep(1);
      return (System.nanoTime() - since) / 1e6;
    } finally {
      node.stop();
    }
  }

  private static boolean answers(HttpClient http, HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
