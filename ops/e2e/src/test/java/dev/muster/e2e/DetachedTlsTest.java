package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

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
        muster.run("run", hello, "--rehearse", "--detach", "--timeout", "60s", "--target", target);
    try {
      assertThat(ended.exit()).as(ended.toString()).isZero();
      assertThat(ended.err()).contains("https://127.0.0.1:");
    } finally {
      end(muster.data().resolve("node.json"));
    }
  }

  private static void end(Path file) throws Exception {
    if (!Files.exists(file)) return;
    var pid = Journal.parse(Files.readString(file)).path("pid").asLong();
    var node = ProcessHandle.of(pid).orElse(null);
    if (node == null) return;
    node.destroy();
    node.onExit().get(30, TimeUnit.SECONDS);
  }
}
