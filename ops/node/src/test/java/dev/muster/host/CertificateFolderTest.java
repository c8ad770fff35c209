package dev.muster.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.host.CertificateFolder.Node;
import dev.muster.host.refusal.Refusal;
import dev.muster.orchestrator.security.trust.KeyFiles;
import dev.muster.orchestrator.security.trust.MutualTls;
import dev.muster.orchestrator.security.trust.Pem;
import dev.muster.protocol.proof.Office;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFolderTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir private Path parent;
  private CertificateFolder certs;

  @BeforeEach
  void create() {
    certs = new CertificateFolder(parent.resolve("certs"), NOW);
    certs.create(
        List.of(
            new Node("a", List.of("10.0.0.1"), Office.ORCHESTRATOR),
            new Node("b", List.of("b.example", "::1"), Office.ORCHESTRATOR)));
  }

  @Test
  void whatIsMadeIsWhatANodeReads() throws Exception {
    new MutualTls(() -> NOW).learn(files("a").current());
    assertThat(files("a").current().authorities()).isEqualTo(files("b").current().authorities());
  }

  @Test
  void keysAreForTheirOwnerAlone() throws Exception {
    try (var all = Files.list(certs.folder())) {
      for (var file : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(certs.folder())))
        .isEqualTo("rwx------");
  }

  @Test
  void renewedCertificatesNameTheSameHostsAndLastLonger() throws Exception {
    var before = files("b").current();
    var later = new CertificateFolder(certs.folder(), NOW.plus(Duration.ofDays(300)));
    assertThat(later.renew()).containsExactlyInAnyOrder("a", "b");
    var after = files("b").current();
    assertThat(after.chain().getFirst().getSubjectAlternativeNames())
        .containsExactlyElementsOf(before.chain().getFirst().getSubjectAlternativeNames());
    assertThat(after.chain().getFirst().getNotAfter())
        .isAfter(before.chain().getFirst().getNotAfter());
    assertThat(after.authorities()).isEqualTo(before.authorities());
  }

  @Test
  void anAuthorityFollowsAnotherInTwoStepsDuringWhichBothAreBelieved() throws Exception {
    var first = authorities().getFirst();
    certs.renewAuthority();
    assertThat(authorities()).hasSize(2).contains(first);
    assertThat(signer("a")).as("not yet").isEqualTo(first.getSubjectX500Principal());
    certs.renew();
    assertThat(signer("a")).isEqualTo(authorities().getFirst().getSubjectX500Principal());
    assertThat(signer("a")).isNotEqualTo(first.getSubjectX500Principal());
  }

  @Test
  void aSecondCertificateForANodeIsRefused() {
    assertThatThrownBy(
            () -> certs.create(List.of(new Node("a", List.of("10.0.0.1"), Office.ORCHESTRATOR))))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("expected no certificate");
    certs.create(List.of(new Node("c", List.of("c.example"), Office.ORCHESTRATOR)));
    assertThat(certs.folder().resolve("c.pem")).exists();
  }

  @Test
  void namesThatAreNoNamesAreRefused() {
    assertThatThrownBy(() -> new Node("../x", List.of("h"), Office.ORCHESTRATOR))
        .hasMessageContaining("../x");
    assertThatThrownBy(() -> new Node("authority", List.of("h"), Office.ORCHESTRATOR))
        .hasMessageContaining("authority");
    assertThatThrownBy(() -> new Node("a", List.of(), Office.ORCHESTRATOR))
        .hasMessageContaining("hosts");
    assertThatThrownBy(() -> new Node("a", List.of("a b"), Office.ORCHESTRATOR))
        .hasMessageContaining("a b");
  }

  private List<java.security.cert.X509Certificate> authorities() throws Exception {
    return Pem.certificates(Files.readString(certs.folder().resolve("authority.pem")));
  }

  private javax.security.auth.x500.X500Principal signer(String node) throws Exception {
    return files(node).current().chain().getFirst().getIssuerX500Principal();
  }

  private KeyFiles files(String node) {
    return new KeyFiles(
        certs.folder().resolve(node + ".pem"),
        certs.folder().resolve(node + ".key"),
        certs.folder().resolve("authority.pem"));
  }
}
