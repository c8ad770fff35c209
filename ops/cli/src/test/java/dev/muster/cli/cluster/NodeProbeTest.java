package dev.muster.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.muster.cli.session.ClusterFile;
import dev.muster.cli.session.ClusterFile.Member;
import dev.muster.host.CertificateFolder;
import dev.muster.host.CertificateFolder.Node;
import dev.muster.host.settings.Settings.Role;
import dev.muster.orchestrator.security.trust.WebTls;
import dev.muster.protocol.proof.Office;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeProbeTest {
  @TempDir Path data;
  private HttpsServer server;
  private Member node;

  @BeforeEach
  void serve() throws Exception {
    var certs = new CertificateFolder(data.resolve("certs"), Instant.now());
    certs.create(
        List.of(
            new Node("before", List.of("127.0.0.1"), Office.NODE),
            new Node("now", List.of("127.0.0.1"), Office.NODE)));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(WebTls.serving(cert("now"), key("now"))));
    server.createContext(
        "/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    node = new Member(ClusterFile.FIRST, Role.BOTH, server.getAddress().getPort(), 0);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aNodeThatComesBackWithAnotherCertificateIsSeenReady() throws Exception {
    var probe = new NodeProbe(data);
    assertThat(probe.ready(node)).as("it has not shown any").isFalse();
    show("before");
    assertThat(probe.ready(node)).as("what lies there is of its life before").isFalse();
    show("now");
    assertThat(probe.ready(node)).isTrue();
  }

  private void show(String name) throws Exception {
    Files.copy(cert(name), data.resolve("http.pem"), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path cert(String name) {
    return data.resolve("certs/" + name + ".pem");
  }

  private Path key(String name) {
    return data.resolve("certs/" + name + ".key");
  }
}
