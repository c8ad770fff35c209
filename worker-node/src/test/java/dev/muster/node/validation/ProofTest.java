package dev.muster.node.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.muster.node.sandbox.NeedsSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What counts as proof, and what a worker left cannot stand in for.
@NeedsSandbox
class ProofTest extends ValidatorScene {
  @Test
  void theWorkerCannotStandInForTheTest() throws Exception {
    Files.writeString(workspace.work().resolve("test-1.sh"), "exit 0\n");
    Files.writeString(workspace.work().resolve("bash"), "#!/bin/sh\nexit 0\n");
    Files.writeString(workspace.work().resolve(".bashrc"), "exit 0\n");
    assertThat(validate(List.of("out.txt"), "exit 9").failure()).contains("exit 9");
  }

  @Test
  void nothingIsPermittedToATest() throws Exception {
    assertThat(validate(List.of("out.txt"), "echo x > $MUSTER_TARGET/x").passed()).isFalse();
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void whatIsNotDeclaredCannotStandInForTheWork() throws Exception {
    Files.writeString(workspace.work().resolve("helper.sh"), "exit 0");
    var receipt = validate(List.of("out.txt"), "bash helper.sh; grep -q result out.txt");
    assertThat(receipt.passed()).isTrue();
    assertThat(receipt.weak()).isTrue();
    assertThat(receipt.weakBecause()).contains("neither declared nor inputs");
    assertThat(Files.readString(workspace.log()))
        .contains(
            "with the declared deliverables and the inputs alone: test 1 ended with exit 127");
  }

  @Test
  void theTestsSeeWhatWasDeclaredAndHandedInAndNothingElse() throws Exception {
    Files.createDirectories(workspace.work().resolve("a/b"));
    Files.writeString(workspace.work().resolve("a/b/f"), "deep");
    Files.writeString(workspace.work().resolve("a/other"), "x");
    Files.writeString(workspace.work().resolve(".gitconfig"), "x");
    Files.writeString(workspace.inputs().resolve("in.txt"), "as given");
    Files.writeString(workspace.work().resolve("in.txt"), "changed");
    var receipt =
        validate(
            List.of("out.txt", "a/b"),
            "find . -mindepth 1 | sort | tr '\\n' ' ' | grep -qx './a ./a/b ./a/b/f ./in.txt"
                + " ./out.txt '",
            "grep -qx 'as given' in.txt");
    assertThat(receipt.failure()).isNull();
    assertThat(receipt.weak()).isFalse();
  }

  @Test
  void aTestThatFailsIsNotRunAgainWhereThereIsNothingElse() throws Exception {
    var receipt = validate(List.of("out.txt"), "grep -q nothing out.txt");
    assertThat(receipt.passed()).isFalse();
    assertThat(receipt.weak()).isFalse();
    assertThat(Files.readString(workspace.log())).doesNotContain("once more");
  }

  @Test
  void interpretersDoNotReadWhatAWorkerLeftForThem() throws Exception {
    assumeThat(Path.of("/usr/bin/python3")).exists();
    Files.createDirectories(workspace.work().resolve("pkg"));
    Files.writeString(workspace.work().resolve("app.py"), "answer = 42");
    Files.writeString(workspace.work().resolve("pkg/mod.py"), "answer = 43");
    Files.writeString(
        workspace.work().resolve("pkg/run.py"),
        "import json, mod; assert mod.answer == 43; json.dumps(1)");
    Files.writeString(workspace.work().resolve("json.py"), "loads = lambda text: {'ok': True}");
    var declared = List.of("out.txt", "app.py", "pkg");
    var honest =
        validate(
            declared,
            "/usr/bin/python3 -c 'import app; assert app.answer == 42'; /usr/bin/python3"
                + " pkg/run.py");
    assertThat(honest.failure()).isNull();
    assertThat(honest.weak()).isFalse();
    var steered =
        validate(declared, "/usr/bin/python3 -c 'import json; assert json.loads(\"{}\")[\"ok\"]'");
    assertThat(steered.passed()).isFalse();
  }
}
