package dev.muster.orchestrator.security.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.protocol.proof.Office;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class SharedAuthorityTest {
  private static final int NODES = 6;
  private static final String HOST = "127.0.0.1";
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final Vendor vendor;
  private Database database;
  private volatile Instant now = START;

  SharedAuthorityTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    database = vendor.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void nodesThatStartAtOnceMakeOneAuthority() throws Exception {
    var together = new CyclicBarrier(NODES);
    try (var threads = Executors.newFixedThreadPool(NODES)) {
      var started =
          threads.invokeAll(
              IntStream.range(0, NODES)
                  .<Callable<List<X509Certificate>>>mapToObj(n ->
                      () -> {
                        together.await();
                        return node("node-" + n).current().authorities();
                      })
                  .toList());
      for (var one : started) assertThat(one.get()).isEqualTo(started.getFirst().get()).hasSize(1);
    }
  }

  @Test
  void nodesOfOneDatabaseSpeakToEachOther() throws Exception {
    assertThat(Handshake.between(transport(node("a")), transport(node("b")), HOST)).isNull();
  }

  @Test
  void aCertificateIsMadeAnewBeforeItEndsAndNotSooner() throws Exception {
    var node = node("a");
    var first = node.current();
    now = START.plus(Duration.ofDays(19));
    assertThat(node.current()).isSameAs(first);
    now = START.plus(Duration.ofDays(21));
    var second = node.current();
    assertThat(second.chain()).isNotEqualTo(first.chain());
    assertThat(second.authorities()).isEqualTo(first.authorities());
  }

  @Test
  void aNewAuthoritySignsOnceEveryNodeHasHadTimeToLearnOfIt() throws Exception {
    var a = node("a");
    var b = node("b");
    var issuer = a.current().chain().getFirst().getIssuerX500Principal();
    now = START.plus(Duration.ofDays(1_826));
    var between = a.current();
    assertThat(between.authorities()).hasSize(2);
    assertThat(between.chain().getFirst().getIssuerX500Principal()).isEqualTo(issuer);
    now = now.plus(Duration.ofMinutes(61));
    var after = a.current();
    assertThat(after.chain().getFirst().getIssuerX500Principal()).isNotEqualTo(issuer);
    assertThat(after.authorities()).hasSize(2);
    assertThat(Handshake.between(transport(a), transport(b), HOST)).isNull();
  }

  private SharedAuthority node(String name) {
    return new SharedAuthority(
        database.source(), () -> now, name, List.of(HOST), Office.ORCHESTRATOR);
  }

  private MutualTls transport(SharedAuthority node) throws Exception {
    var transport = new MutualTls(() -> now);
    transport.learn(node.current());
    return transport;
  }
}
