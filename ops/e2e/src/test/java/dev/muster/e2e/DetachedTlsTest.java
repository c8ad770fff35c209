package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.client.Trust;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedTlsTest {
  @TempDir Path folder;

  @Test
  void aNodeInTheBackgroundThatSpeaksHttpsIsSeenReady() throws Exception {
    var certs = folder.resolve("certs");
    var muster =
        new Muster(folder)
            .with("MUSTER_HTTP_TLS_CERTIFICATE", certs.resolve("web.pem").toString())
            .with("MUSTER_HTTP_TLS_KEY", certs.resolve("web.key").toString());
    var made = muster.ask("certs", "create", certs.toString(), "web=127.0.0.1");
    assertThat(made.exit()).as(made.toString()).isZero();
    var hello = Muster.repository().resolve("instructions/hello").toString();
    var target = muster.target().toString();
    var ended =
        muster.ask("run", hello, "--rehearse", "--detach", "--timeout", "60s", "--target", target);
    try {
      assertThat(ended.exit()).as(ended.toString()).isZero();
      assertThat(ended.err()).contains("https://127.0.0.1:");
      aCodeLetsOneBrowserInOverTls(muster);
    } finally {
      end(muster.data().resolve("node.json"));
    }
  }

  private static void aCodeLetsOneBrowserInOverTls(Muster muster) throws Exception {
    var said = muster.ask("console", "--print");
    assertThat(said.exit()).as(said.toString()).isZero();
    var address = said.out().strip().split("#code=", 2);
    assertThat(address[0]).startsWith("https://127.0.0.1:").endsWith("/login");
    var session =
        HttpRequest.newBuilder(URI.create(address[0]).resolve("/api/v1/session"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"code\":\"" + address[1] + "\"}"))
            .build();
    var pinned = Trust.pinned(muster.data().resolve("http.pem"));
    try (var browser = HttpClient.newBuilder().sslContext(pinned).build()) {
      var first = browser.send(session, BodyHandlers.ofString());
      assertThat(first.statusCode()).as(first.body()).isLessThan(300);
      assertThat(first.headers().allValues("Set-Cookie"))
          .anyMatch(it -> it.contains("muster_session=") && it.contains("Secure"));
      assertThat(browser.send(session, BodyHandlers.ofString()).statusCode()).isBetween(400, 499);
    }
  }

  private static void end(Path file) throws Exception {
    if (!Files.exists(file)) return;
    var pid = Journal.parse(Files.readString(file)).path("pid").asLong();
    var node = ProcessHandle.of(pid).orElse(null);
    if (node == null) return;
    node.destroy();
    node.onExit().get(2, TimeUnit.MINUTES);
  }
}
