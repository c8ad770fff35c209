package dev.muster.protocol.proof;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Attestation;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.StepResult;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SealTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
  private static final LoneSeals SEALS = new LoneSeals("node-a");

  record Two(String a, String b) {}

  private static final StepResult STEP =
      new StepResult("test 1", 0, Duration.ofMillis(5), "a".repeat(64), 3, null);
  private static final Artifact FILE = new Artifact("out.txt", "b".repeat(64), 1, false);
  private static final Receipt.Tested TESTED =
      new Receipt.Tested("bash", "c".repeat(64), false, STEP);
  private static final Receipt RECEIPT =
      Attestation.attest(
          SEALS,
          "run_1",
          "WORKER_001",
          1,
          new Receipt("d".repeat(64), List.of(FILE), List.of(TESTED), false, null),
          AT);

  private static Receipt changed(
      String instruction, List<Artifact> files, List<Receipt.Tested> tests) {
    return new Receipt(instruction, files, tests, false, null).with(RECEIPT.attested());
  }

  static Stream<Receipt> changes() {
    var sha = "d".repeat(64);
    var other = new Artifact("out.txt", "b".repeat(63) + "c", 1, false);
    var longer = new Artifact("out.txt", "b".repeat(64), 2, false);
    var failed = new StepResult("test 1", 1, Duration.ofMillis(5), "a".repeat(64), 3, null);
    return Stream.of(
        changed("d".repeat(63) + "e", List.of(FILE), List.of(TESTED)),
        changed(sha, List.of(other), List.of(TESTED)),
        changed(sha, List.of(longer), List.of(TESTED)),
        changed(sha, List.of(), List.of(TESTED)),
        changed(sha, List.of(FILE, FILE), List.of(TESTED)),
        changed(sha, List.of(FILE), List.of()),
        changed(
            sha, List.of(FILE), List.of(new Receipt.Tested("bash", "c".repeat(64), true, STEP))),
        changed(
            sha, List.of(FILE), List.of(new Receipt.Tested("bash", "c".repeat(64), false, failed))),
        new Receipt(sha, List.of(FILE), List.of(TESTED), true, null).with(RECEIPT.attested()),
        new Receipt(sha, List.of(FILE), List.of(TESTED), false, "no").with(RECEIPT.attested()));
  }

  private static @org.jspecify.annotations.Nullable String refusal(
      Seals by, String run, String worker, int attempt, String node, Receipt receipt) {
    return Attestation.refusal(by, run, worker, attempt, node, receipt);
  }

  @Test
  void aReceiptHoldsForItsOwnAttemptOnItsOwnNode() {
    assertThat(refusal(SEALS, "run_1", "WORKER_001", 1, "node-a", RECEIPT)).isNull();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aReceiptThatWasChangedAnywhereIsRefused(Receipt changed) {
    assertThat(refusal(SEALS, "run_1", "WORKER_001", 1, "node-a", changed)).isNotNull();
    assertThat(requireNonNull(RECEIPT.attested()).fits(changed)).isFalse();
  }

  @Test
  void aReceiptOfAnythingElseIsRefused() {
    assertThat(refusal(SEALS, "run_2", "WORKER_001", 1, "node-a", RECEIPT)).contains("run_1");
    assertThat(refusal(SEALS, "run_1", "WORKER_002", 1, "node-a", RECEIPT)).contains("WORKER_001");
    assertThat(refusal(SEALS, "run_1", "WORKER_001", 2, "node-a", RECEIPT)).contains("attempt 1");
    assertThat(refusal(SEALS, "run_1", "WORKER_001", 1, "node-b", RECEIPT)).contains("node-b");
    assertThat(refusal(SEALS, "run_1", "WORKER_001", 1, "node-a", RECEIPT.with(null)))
        .contains("no node vouches");
  }

  @Test
  void claimingAnotherAttemptBreaksTheSignature() {
    var it = requireNonNull(RECEIPT.attested());
    var moved =
        RECEIPT.with(new Attestation("run_2", it.worker(), it.attempt(), it.at(), it.seal()));
    assertThat(refusal(SEALS, "run_2", "WORKER_001", 1, "node-a", moved))
        .contains("something else");
  }

  @Test
  void anotherKeyOfTheSameNameIsRefused() {
    assertThat(refusal(new LoneSeals("node-a"), "run_1", "WORKER_001", 1, "node-a", RECEIPT))
        .contains("expected the key of node-a");
  }

  @Test
  void aSealForOnePurposeIsGoodForNoOther() {
    var seal = SEALS.seal("one", new Two("a", "b"));
    assertThat(SEALS.refusal("one", new Two("a", "b"), seal, Office.NODE)).isNull();
    assertThat(SEALS.refusal("two", new Two("a", "b"), seal, Office.NODE)).isNotNull();
  }

  @Test
  void whatWasFoundToFitIsNoLeaveForAnythingElse() {
    var seal = SEALS.seal("one", new Two("a", "b"));
    assertThat(seal.fits("one", new Two("a", "b"))).isTrue();
    assertThat(seal.fits("one", new Two("a", "b"))).isTrue();
    var other = new LoneSeals("node-a").seal("one", new Two("a", "b"));
    var signature = other.signature();
    for (var mixed :
        List.of(
            new Seal("node-a", seal.key(), List.of(), signature),
            new Seal("node-a", other.key(), List.of(), seal.signature()))) {
      assertThat(mixed.fits("one", new Two("a", "b"))).isFalse();
      assertThat(mixed.fits("one", new Two("a", "b"))).isFalse();
    }
  }

  @Test
  void whoeverSignsWithAKeyOfOthersDoesNotBelieveItself() throws Exception {
    var keys = KeyPairGenerator.getInstance("EC");
    var seal =
        Seal.of(
            "node-a",
            keys.generateKeyPair().getPublic(),
            keys.generateKeyPair().getPrivate(),
            List.of(),
            "one",
            new Two("a", "b"));
    assertThat(seal.fits("one", new Two("a", "b"))).isFalse();
  }

  @Test
  void whatOthersSignedIsCheckedByItsKey() throws Exception {
    var keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
    var content = new Two("a", "b");
    var seal = Seal.of("node-a", keys.getPublic(), keys.getPrivate(), List.of(), "one", content);
    assertThat(seal.fits("one", new Two("a", "c"))).isFalse();
    assertThat(seal.fits("one", content)).isTrue();
  }

  /// It is not checked by whoever made it, so others have to tell.
  @Test
  void whatALoneNodeSignedFitsItsKey() throws Exception {
    var seal = SEALS.seal("one", new Two("a", "b"));
    var text = Base64.getDecoder();
    var key =
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(text.decode(seal.key())));
    var check = Signature.getInstance("SHA256withECDSA");
    check.initVerify(key);
    check.update(Canonical.of("one", "node-a", new Two("a", "b")));
    assertThat(check.verify(text.decode(seal.signature()))).isTrue();
  }

  @Test
  void everyByteOfASealCounts() {
    var content = new Two("a", "b");
    var seal = SEALS.seal("one", content);
    var bytes = Base64.getDecoder().decode(seal.signature());
    for (var at = 0; at < bytes.length; at++) {
      var other = bytes.clone();
      other[at] ^= 1;
      var text = Base64.getEncoder().encodeToString(other);
      assertThat(new Seal(seal.node(), seal.key(), List.of(), text).fits("one", content)).isFalse();
    }
    assertThat(new Seal("node-b", seal.key(), List.of(), seal.signature()).fits("one", content))
        .isFalse();
  }

  @Test
  void whatIsNoKeyIsRefusedInWords() {
    var content = new Two("a", "b");
    var seal = new Seal("node-a", "no key!", List.of(), "no signature!");
    assertThat(SEALS.refusal("one", content, seal, Office.NODE)).contains(seal.fingerprint());
    assertThat(seal.fits("one", content)).isFalse();
  }

  @Test
  void noTwoValuesHaveOneText() {
    var texts =
        Stream.<Object>of(
                new Two("a", "b"),
                new Two("ab", ""),
                new Two("", "ab"),
                new Two("a 1:b", ""),
                List.of("a", "b"),
                List.of("ab"),
                List.of(List.of("a"), "b"),
                List.of(List.of("a", "b")),
                Map.of("a", "b"))
            .map(it -> new String(Canonical.of("p", "n", it), StandardCharsets.UTF_8))
            .toList();
    assertThat(texts).doesNotHaveDuplicates();
  }

  @Test
  void whatHasNoOneTextIsRefused() {
    assertThatThrownBy(() -> Canonical.of("p", "n", 0.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSealThatIsTooLargeIsRefused() {
    assertThatThrownBy(() -> new Seal("n", "k", List.of("x".repeat(20_000)), "s"))
        .hasMessageContaining("16 KiB");
  }
}
