package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is posted, the answer is a success or a problem, never a broken server.
class BodyFuzzTest {
  private static final List<String> PATHS =
      List.of(
          "/api/v1/runs",
          "/api/v1/runs/run_0001/pause",
          "/api/v1/runs/run_0001/retry",
          "/api/v1/runs/run_0001/waves/1/launch",
          "/api/v1/approvals",
          "/api/v1/approvals/apr_0001_abc/reject",
          "/api/v1/instructions/check");
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "null",
          "true",
          "1e999",
          "-0",
          "\\u0000",
          "\\ud800",
          "\"folder\":",
          "\"/w\"",
          "\"workers\":[",
          "\"by\":\"x\"",
          "\"caller\":",
          "\"text\":",
          "\"attemptsMax\":",
          "99999999999999999999",
          "\"approve\":\"ALL\"",
          "\u0000",
          "é",
          "🙂",
          "[[[[[[[[[[",
          "\"reason\":\"r\"",
          "\"consequence\":\"c\"",
          "\"kind\":\"k\"",
          " ",
          "\n");

  @TempDir private static Path data;
  private static TestServer server;

  @BeforeAll
  static void open() throws Exception {
    server = new TestServer(data);
    server.journal.run(server.journal.created(planned("WORKER_001", 1)));
    server.gates.hold(
        RUN, "apr_0001_abc", dev.muster.orchestrator.readside.view.Journal.operation("w"));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("seeds", 15));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noBodyBreaksTheServer(long seed) {
    var random = new SplittableRandom(seed);
    for (var i = 0; i < 10; i++) {
      var path = PATHS.get(random.nextInt(PATHS.size()));
      var body = body(random);
      var reply = server.client.post(path, body);
      assertThat(reply.status()).as("%s %s: %s", path, body, reply.whole().body()).isLessThan(500);
      if (reply.status() >= 400) assertThat(reply.code()).isNotEmpty();
    }
  }

  private static String body(SplittableRandom random) {
    if (random.nextInt(5) == 0) {
      var bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    var text = new StringBuilder(random.nextBoolean() ? "{" : "");
    for (var n = random.nextInt(12); n > 0; n--)
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    return text.append(random.nextBoolean() ? "}" : "").toString();
  }
}
