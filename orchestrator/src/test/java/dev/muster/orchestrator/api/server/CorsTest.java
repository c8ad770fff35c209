package dev.muster.orchestrator.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.security.identity.Principal;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages of other sites: none unless they are named, and then with a token only.
class CorsTest {
  private static final String NAMED = "https://ops.example";
  private static final String RUNS = "/api/v1/runs";

  @TempDir private static Path data;
  @TempDir private static Path other;
  private static TestServer server;
  private static TestServer closed;

  @BeforeAll
  static void open() throws Exception {
    var settings = HttpSettings.of("127.0.0.1", 0);
    server = new TestServer(data, settings.openTo(List.of("https://OPS.example")));
    closed = new TestServer(other, settings);
  }

  @AfterAll
  static void close() {
    server.close();
    closed.close();
  }

  private static Client.Reply preflight(TestServer of, String origin) {
    return of.client.send(
        of.client
            .request(RUNS, "Origin", origin, "Access-Control-Request-Method", "POST")
            .method("OPTIONS", BodyPublishers.noBody()));
  }

  private static Map<String, List<String>> allowed(Client.Reply reply) {
    var found = new TreeMap<String, List<String>>();
    reply
        .whole()
        .headers()
        .map()
        .forEach((name, values) -> {
          if (name.toLowerCase(Locale.ROOT).startsWith("access-control")) found.put(name, values);
        });
    return found;
  }

  @Test
  void offByDefault() {
    assertThat(preflight(closed, NAMED).code()).isEqualTo("foreign-origin");
    assertThat(allowed(preflight(closed, NAMED))).isEmpty();
    var read = closed.client.get(RUNS, "Origin", NAMED);
    assertThat(read.code()).isEqualTo("foreign-origin");
    assertThat(allowed(read)).isEmpty();
  }

  @Test
  void whoIsNamedIsAskedAndAnswered() {
    var asked = preflight(server, NAMED);
    assertThat(asked.status()).isEqualTo(204);
    assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo(NAMED);
    assertThat(asked.header("Access-Control-Allow-Headers")).contains("Authorization");
    assertThat(asked.header("Vary")).isEqualTo("Origin");
    var read = server.client.get(RUNS, "Origin", NAMED, "Sec-Fetch-Site", "cross-site");
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.header("Access-Control-Allow-Origin")).isEqualTo(NAMED);
    assertThat(read.header("Access-Control-Expose-Headers")).contains("ETag");
    assertThat(allowed(read)).doesNotContainKey("access-control-allow-credentials");
  }

  @Test
  void whoIsNotNamedIsNot() {
    for (var origin :
        List.of("https://evil.example", "http://ops.example", "https://ops.example.evil", "null")) {
      assertThat(preflight(server, origin).code()).as(origin).isEqualTo("foreign-origin");
      var read = server.client.get(RUNS, "Origin", origin);
      assertThat(read.code()).as(origin).isEqualTo("foreign-origin");
      assertThat(allowed(read)).as(origin).isEmpty();
    }
  }

  @Test
  void aSessionIsNotTheirsToUse() {
    var opened = server.identities.sessions().open(Principal.OWNER, null);
    var cookie = "muster_session=" + opened.cookie();
    assertThat(server.client.getWithoutToken(RUNS, "Cookie", cookie).status()).isEqualTo(200);
    var theirs = server.client.getWithoutToken(RUNS, "Cookie", cookie, "Origin", NAMED);
    assertThat(theirs.code()).isEqualTo("token-missing");
    assertThat(theirs.header("Access-Control-Allow-Origin")).isEqualTo(NAMED);
  }

  @Test
  void aNameThatWasBoundAnewIsRefusedAllTheSame() throws Exception {
    var answer =
        server.client.raw(
            "OPTIONS /api/v1/runs HTTP/1.1\r\nHost: evil.example\r\nOrigin: "
                + NAMED
                + "\r\nAccess-Control-Request-Method: GET\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 403");
  }
}
