package dev.muster.orchestrator.security.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.proof.Office;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MutualTlsTest {
  private static final Instant NOW = Instant.parse("2031-05-01T12:00:00Z");
  private static final String HOST = "10.1.2.3";

  private final Authority ours = authority();

  @Test
  void nodesOfOneAuthoritySpeakToEachOther() throws Exception {
    assertThat(Handshake.between(node(ours, HOST), node(ours, HOST), HOST)).isNull();
    var named = node(ours, "node-b.example");
    assertThat(Handshake.between(node(ours, HOST), named, "Node-B.example")).isNull();
    var six = node(ours, "[::1]");
    assertThat(Handshake.between(node(ours, HOST), six, "0:0:0:0:0:0:0:1")).isNull();
  }

  @Test
  void whoHoldsAKeyOfAnotherAuthorityIsRefusedByEitherEnd() throws Exception {
    var stranger = node(authority(), HOST);
    assertThat(Handshake.between(stranger, node(ours, HOST), HOST)).contains("certificate");
    assertThat(Handshake.between(node(ours, HOST), stranger, HOST)).contains("certificate");
  }

  @Test
  void whoShowsNoCertificateIsRefusedThoughItBelievesUs() throws Exception {
    assertThat(Handshake.between(new MutualTls(() -> NOW), node(ours, HOST), HOST)).isNotNull();
  }

  @Test
  void aNodeThatIsAloneSpeaksToNobody() throws Exception {
    var alone = new MutualTls(() -> NOW);
    assertThat(Handshake.between(node(ours, HOST), alone, HOST)).isNotNull();
    assertThat(Handshake.between(alone, node(ours, HOST), HOST)).isNotNull();
    assertThat(Handshake.between(alone, new MutualTls(() -> NOW), HOST)).isNotNull();
  }

  @Test
  void whoWasCalledMustBeWhoWasMeant() throws Exception {
    assertThat(Handshake.between(node(ours, HOST), node(ours, "10.9.9.9"), HOST))
        .contains("expected a node whose certificate names 10.1.2.3");
  }

  @Test
  void certificatesEndByTheClockThatWasHandedIn() throws Exception {
    var keys = keys(ours, HOST);
    var later = new MutualTls(() -> NOW.plus(Duration.ofDays(31)));
    later.learn(keys);
    assertThat(Handshake.between(node(ours, HOST), later, HOST)).contains("certificate");
  }

  @Test
  void bothAuthoritiesCountWhileOneFollowsTheOther() throws Exception {
    var next = authority();
    var both = List.of(ours.certificate(), next.certificate());
    var early = new MutualTls(() -> NOW);
    early.learn(
        ours.issue("a", List.of(HOST), Office.ORCHESTRATOR, Duration.ofDays(30), NOW, both));
    var late = new MutualTls(() -> NOW);
    late.learn(next.issue("b", List.of(HOST), Office.ORCHESTRATOR, Duration.ofDays(30), NOW, both));
    assertThat(Handshake.between(early, late, HOST)).isNull();
    assertThat(Handshake.between(late, early, HOST)).isNull();
  }

  @Test
  void newKeysCountFromTheNextConnectionOn() throws Exception {
    var node = node(ours, HOST);
    var next = authority();
    assertThat(Handshake.between(node(next, HOST), node, HOST)).isNotNull();
    node.learn(keys(next, HOST));
    assertThat(Handshake.between(node(next, HOST), node, HOST)).isNull();
    assertThat(Handshake.between(node(ours, HOST), node, HOST)).isNotNull();
  }

  private static MutualTls node(Authority authority, String host) throws Exception {
    var transport = new MutualTls(() -> NOW);
    transport.learn(keys(authority, host));
    return transport;
  }

  private static NodeKeys keys(Authority authority, String host) throws Exception {
    return authority.issue(
        "a",
        List.of(host),
        Office.ORCHESTRATOR,
        Duration.ofDays(30),
        NOW,
        List.of(authority.certificate()));
  }

  private static Authority authority() {
    try {
      return Authority.create(NOW);
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
