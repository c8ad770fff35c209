package dev.muster.node.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.protocol.proof.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

@NeedsSandbox
class ValidatorTest extends ValidatorScene {
  @Test
  void thatNoTestRunsAnyMoreIsToldOnceBeforeAnythingIsStored() throws Exception {
    Files.writeString(workspace.work().resolve("helper.sh"), "echo help");
    assertThat(validate(List.of("out.txt"), "bash helper.sh").weak()).isTrue();
    assertThat(logWhenEnded)
        .singleElement()
        .satisfies(log -> assertThat(log).contains("once more").endsWith("5 bytes printed\n"));
    assertThat(storedWhenEnded).isFalse();
    assertThat(artifacts.holds(Sha256.of("result"))).isTrue();
  }

  @Test
  void aReceiptSaysWhatWasTestedHowAndWhatCameOut() throws Exception {
    var receipt = validate(List.of("out.txt", "results.json"), "grep -q result out.txt; echo fine");
    assertThat(receipt.passed()).isTrue();
    assertThat(receipt.weak()).isFalse();
    assertThat(receipt.instructionSha256()).isEqualTo("digest");
    var deliverable = receipt.deliverables().getFirst();
    assertThat(deliverable.sha256()).isEqualTo(Sha256.of("result"));
    assertThat(artifacts.holds(deliverable.sha256())).isTrue();
    var tested = receipt.tests().getFirst();
    assertThat(tested.command()).isEqualTo("bash -eo pipefail test-1.sh");
    assertThat(tested.scriptSha256()).isEqualTo(Sha256.of("grep -q result out.txt; echo fine"));
    assertThat(tested.result().outputSha256()).isEqualTo(Sha256.of("fine\n"));
    assertThat(workspace.folder().resolve("validation")).doesNotExist();
  }

  @Test
  void aFailingTestFailsAndTheOnesAfterItDoNotRun() throws Exception {
    var receipt = validate(List.of("out.txt"), "true", "echo no luck; exit 3", "true");
    assertThat(receipt.failure()).isEqualTo("test 2 ended with exit 3; its last line: no luck");
    assertThat(receipt.tests()).hasSize(2);
    assertThat(artifacts.holds(receipt.deliverables().getFirst().sha256())).isFalse();
  }

  @Test
  void aLineThatBeginsWithFailFailsAlthoughTheTestEndsWell() throws Exception {
    assertThat(validate(List.of("out.txt"), "echo 'no FAIL here'; echo ok").passed()).isTrue();
    assertThat(validate(List.of("out.txt"), "test -f x || echo 'FAIL: x is missing'").failure())
        .isEqualTo(
            "test 1 ended with exit 0, and printed a line that begins with FAIL: FAIL: x is"
                + " missing");
    assertThat(validate(List.of("out.txt"), "printf 'PASSED: 12\nFAILED: 0\n'").passed()).isTrue();
    assertThat(validate(List.of("out.txt"), "printf 'FAILED: 0\nFAILED: 1\n'").failure())
        .endsWith("begins with FAIL: FAILED: 1");
    assertThat(validate(List.of("out.txt"), "printf 'ok\\nFAIL'").passed()).isFalse();
    assertThat(
            validate(List.of("out.txt"), "head -c 2M /dev/zero | tr '\\0' x; printf '\\nFAIL'")
                .passed())
        .isFalse();
  }

  @Test
  void aMissingDeliverableFailsBeforeAnyTestRuns() throws Exception {
    var receipt = validate(List.of("out.txt", "docs/missing.md"), "true");
    assertThat(receipt.failure())
        .isEqualTo("the deliverable `docs/missing.md` is missing from the workspace");
    assertThat(receipt.tests()).isEmpty();
  }

  @Test
  void aDeliverableThatChangesUnderTheTestFailsAndTheOriginalStays() throws Exception {
    for (var test :
        List.of(
            "echo x >> out.txt", "rm out.txt", "chmod +x out.txt", "ln -sf /etc/passwd out.txt")) {
      assertThat(validate(List.of("out.txt"), test).failure())
          .as(test)
          .contains("under the test 1");
    }
    assertThat(workspace.work().resolve("out.txt")).hasContent("result");
    assertThat(validate(List.of("out.txt"), "echo x > other").passed()).isTrue();
    assertThat(workspace.work().resolve("other")).doesNotExist();
  }

  @Test
  void aLinkIsNoDeliverable() throws Exception {
    Files.createSymbolicLink(workspace.work().resolve("link"), Path.of("/etc/shadow"));
    Files.createSymbolicLink(workspace.work().resolve("up"), Path.of("../.."));
    for (var path : List.of("link", "up/attempt-1/attempt.log", "../attempt.log", "/etc/passwd")) {
      assertThat(validate(List.of(path), "true").failure())
          .as(path)
          .startsWith("the deliverable `" + path + "` cannot be taken:");
    }
  }

  @Test
  void aFolderIsDeliveredFileByFile() throws Exception {
    Files.createDirectories(workspace.work().resolve("docs/deep"));
    Files.writeString(workspace.work().resolve("docs/b.md"), "b");
    Files.writeString(workspace.work().resolve("docs/deep/a.md"), "a");
    var receipt = validate(List.of("docs/", "docs/b.md"), "true");
    assertThat(receipt.deliverables())
        .extracting(deliverable -> deliverable.path())
        .containsExactly("docs/b.md", "docs/deep/a.md");
  }

  @Test
  void aTestThatCannotFailMakesTheVerdictWeak() throws Exception {
    var receipt = validate(List.of("out.txt"), "true", "grep x out.txt || true");
    assertThat(receipt.passed()).isTrue();
    assertThat(receipt.weak()).isTrue();
  }

  @Test
  void aRunnerThatFoundNothingToRunMakesTheVerdictWeak() throws Exception {
    var receipt = validate(List.of("out.txt"), "echo 'Ran 0 tests in 0.000s'");
    assertThat(receipt.passed()).isTrue();
    assertThat(receipt.weak()).isTrue();
    assertThat(receipt.weakBecause())
        .isEqualTo("test 1 found no tests to run: Ran 0 tests in 0.000s");
  }

  @Test
  void aReceiptHoldsSoMuchAndSaysWhatWasCut() throws Exception {
    var out = Files.createDirectory(workspace.work().resolve("many"));
    var name = "n".repeat(200);
    for (var i = 0; i < 3_000; i++) Files.createFile(out.resolve(name + i));
    var receipt = validate(List.of("many"), "test -d many");
    assertThat(receipt.failure())
        .contains("at least 3000 files")
        .contains("1024 KiB")
        .contains("deliver them in an archive");
    assertThat(receipt.deliverables()).hasSize(100);
    for (var i = 2_500; i < 3_000; i++) Files.delete(out.resolve(name + i));
    var fits = validate(List.of("many"), "test -d many");
    assertThat(fits.failure()).isNull();
    assertThat(fits.deliverables()).hasSize(2_500);
  }
}
