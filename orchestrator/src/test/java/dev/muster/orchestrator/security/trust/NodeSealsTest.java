package dev.muster.orchestrator.security.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.protocol.proof.LoneSeals;
import dev.muster.protocol.proof.Office;
import dev.muster.protocol.proof.Seal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeSealsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration MONTH = Duration.ofDays(30);

  private Instant now = NOW;
  private Authority authority;
  private NodeSeals gate;

  @BeforeEach
  void found() throws Exception {
    authority = Authority.create(NOW);
    gate = node(authority, "gate", Office.ORCHESTRATOR);
  }

  private NodeSeals node(Authority of, String name, Office office) throws Exception {
    var seals = new NodeSeals(name, office, () -> now);
    seals.learn(keys(of, name, office));
    return seals;
  }

  private static NodeKeys keys(Authority of, String name, Office office) throws Exception {
    return of.issue(name, List.of("10.0.0.1"), office, MONTH, NOW, List.of(of.certificate()));
  }

  @Test
  void whatANodeOfTheAuthorityHasSealedHolds() throws Exception {
    var seal = node(authority, "node-a", Office.NODE).seal("p", "text");
    assertThat(gate.refusal("p", "text", seal, Office.NODE)).isNull();
    assertThat(gate.refusal("p", "texts", seal, Office.NODE)).contains("something else");
  }

  @Test
  void aWorkersCertificateDoesNotSpeakForAnOrchestrator() throws Exception {
    var worker = node(authority, "node-a", Office.NODE);
    var no = gate.refusal("p", "text", worker.seal("p", "text"), Office.ORCHESTRATOR);
    assertThat(no).contains("only an orchestrator");
    var other = node(authority, "node-b", Office.ORCHESTRATOR);
    assertThat(gate.refusal("p", "text", other.seal("p", "text"), Office.ORCHESTRATOR)).isNull();
  }

  @Test
  void aNodeSpeaksForNoOther() throws Exception {
    var keys = keys(authority, "node-a", Office.NODE);
    var encoded =
        java.util.Base64.getEncoder().encodeToString(keys.chain().getFirst().getEncoded());
    var key = keys.chain().getFirst().getPublicKey();
    var seal = Seal.of("node-b", key, keys.key(), List.of(encoded), "p", "text");
    assertThat(gate.refusal("p", "text", seal, Office.NODE)).contains("not of node-b");
  }

  @Test
  void aStrangersAuthorityIsNotBelieved() throws Exception {
    var stranger = node(Authority.create(NOW), "node-a", Office.ORCHESTRATOR);
    assertThat(gate.refusal("p", "text", stranger.seal("p", "text"), Office.NODE))
        .contains("expected a certificate of this cluster");
    var alone = new LoneSeals("node-a").seal("p", "text");
    assertThat(gate.refusal("p", "text", alone, Office.NODE)).isNotNull();
  }

  @Test
  void aCertificateOfOneWithTheKeyOfAnotherIsRefused() throws Exception {
    var mine = node(authority, "node-a", Office.NODE).seal("p", "text");
    var theirs = node(authority, "node-a", Office.NODE).seal("p", "text");
    var mixed = new Seal("node-a", mine.key(), theirs.certificates(), mine.signature());
    assertThat(gate.refusal("p", "text", mixed, Office.NODE)).contains("its key");
  }

  @Test
  void aCertificateThatHasEndedIsRefused() throws Exception {
    var seal = node(authority, "node-a", Office.NODE).seal("p", "text");
    now = NOW.plus(MONTH).plusSeconds(1);
    assertThat(gate.refusal("p", "text", seal, Office.NODE)).isNotNull();
  }

  @Test
  void anOrchestratorDoesNotStartWithTheKeysOfAWorkerOrOfAnother() throws Exception {
    var seals = new NodeSeals("node-a", Office.ORCHESTRATOR, () -> now);
    assertThatThrownBy(() -> seals.learn(keys(authority, "node-a", Office.NODE)))
        .hasMessageContaining("urn:muster:orchestrator");
    assertThatThrownBy(() -> seals.learn(keys(authority, "node-b", Office.ORCHESTRATOR)))
        .hasMessageContaining("names this node, node-a");
  }

  @Test
  void withoutKeysNothingIsSealedAndNobodyBelieved() throws Exception {
    var seals = new NodeSeals("node-a", Office.NODE, () -> now);
    assertThatThrownBy(() -> seals.seal("p", "text")).isInstanceOf(IllegalStateException.class);
    assertThat(seals.refusal("p", "text", gate.seal("p", "text"), Office.NODE))
        .contains("no keys yet");
  }
}
