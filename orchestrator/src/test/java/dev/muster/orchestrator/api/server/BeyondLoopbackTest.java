package dev.muster.orchestrator.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that others than this machine may reach; the test itself stays on loopback.
class BeyondLoopbackTest {
  @TempDir private static Path data;
  private static TestServer server;
  private static Client client;
  private static String token;

  @BeforeAll
  static void open() throws Exception {
    var settings = HttpSettings.of("0.0.0.0", 0, List.of("Muster.example", "fd00::7"));
    server =
        new TestServer(
            data,
            new HttpSettings(
                "127.0.0.1", 0, settings.hostNames(), settings.exposed(), 64, 32, null));
    client = server.client;
    token = "Bearer " + Files.readString(data.resolve("operator.token")).strip();
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs",
        "/api/v1/nodes",
        "/api/v1/events",
        "/api/v1/ws",
        "/api/openapi.yaml",
        "/api/docs",
        "/api/docs/swagger-ui.css",
        "/nowhere",
        "/health",
        "/health/live/"
      })
  void nothingIsReadWithoutTheToken(String path) {
    var missing = client.getWithoutToken(path);
    assertThat(missing.status()).isEqualTo(401);
    assertThat(missing.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(client.get(path, "Authorization", "Bearer wrong").status()).isEqualTo(403);
  }

  @Test
  void withTheTokenEverythingIsAsOnLoopback() {
    assertThat(client.get("/api/v1/runs", "Authorization", token).status()).isEqualTo(200);
    assertThat(client.get("/nowhere", "Authorization", token).status()).isEqualTo(404);
    assertThat(client.get("/api/openapi.yaml", "Authorization", token).status()).isEqualTo(200);
    var foreign =
        client.get("/api/v1/runs", "Authorization", token, "Sec-Fetch-Site", "cross-site");
    assertThat(foreign.status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.42.0.17:7400", "muster-orchestrator-0.muster-nodes", "evil.example"})
  void aProbeIsAnsweredUnderAnyHost(String host) throws IOException {
    assertThat(get("/health/live", host, "")).startsWith("HTTP/1.1 200");
    assertThat(get("/health/ready", host, "")).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @CsvSource({
    "muster.example, 200",
    "MUSTER.example:80, 200",
    "127.0.0.1:7400, 200",
    "localhost, 200",
    "[fd00::7]:7400, 200",
    "0.0.0.0:7400, 403",
    "10.42.0.17:7400, 403",
    "evil.example, 403"
  })
  void otherCallsNeedANameThatWasSet(String host, int status) throws IOException {
    assertThat(get("/api/v1/runs", host, "Authorization: " + token + "\r\n"))
        .startsWith("HTTP/1.1 " + status);
  }

  @Test
  void aPageServedThroughTlsIsItsOwn() throws IOException {
    var authorized = "Authorization: " + token + "\r\nOrigin: ";
    assertThat(get("/api/v1/runs", "muster.example", authorized + "https://muster.example\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(get("/api/v1/runs", "muster.example", authorized + "https://evil.example\r\n"))
        .startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, false, http://127.0.0.1:7400",
    "127.0.1.1, false, http://127.0.1.1:7400",
    "localhost, false, http://localhost:7400",
    "::1, false, http://[::1]:7400",
    "0.0.0.0, true, http://127.0.0.1:7400",
    "::, true, http://127.0.0.1:7400",
    "10.42.0.17, true, http://10.42.0.17:7400",
    "127.0.0.1.evil.example, true, http://127.0.0.1.evil.example:7400",
    "fd00::7, true, http://[fd00::7]:7400"
  })
  void onlyALoopbackAddressIsNotExposed(String host, boolean exposed, String url) {
    var settings = HttpSettings.of(host, 0);
    assertThat(settings.exposed()).isEqualTo(exposed);
    assertThat(settings.urlHere(new InetSocketAddress(7400))).hasToString(url);
  }

  private static String get(String path, String host, String headers) throws IOException {
    return client.raw(
        "GET %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n"
            .formatted(path, host, headers));
  }
}
