package dev.muster.node.executor;

import static dev.muster.node.executor.ExecutorFixture.block;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.node.sandbox.SandboxMode;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Values that an operation is given by name.
@NeedsSandbox
@ResourceLock(SandboxFixture.ALONE)
class GivenSecretsTest {
  private static final String VALUE = "s3cret/value+with\"signs";

  @TempDir Path folder;
  private ExecutorFixture it;

  @BeforeEach
  void open() throws Exception {
    it = new ExecutorFixture(folder, SandboxMode.REQUIRE);
    it.secrets.put("DEPLOY_KEY", VALUE);
  }

  @AfterEach
  void close() {
    if (it != null) it.close();
  }

  private static Block given(int ordinal, String script) {
    return new Block(
        ordinal,
        script,
        new Operation(
            "publish",
            Risk.WRITE,
            List.of("site"),
            false,
            List.of(),
            null,
            List.of(),
            List.of("DEPLOY_KEY")));
  }

  @Test
  void anOperationIsGivenWhatItNamesAndWasApprovedWith() throws Exception {
    var end =
        it.end(
            it.instruction(
                given(1, "printf %s \"$DEPLOY_KEY\" > \"$MUSTER_TARGET/site/key\""),
                block(2, "test -z \"${DEPLOY_KEY:-}\"; echo x > out.txt")));
    assertThat(end).isInstanceOf(Succeeded.class);
    assertThat(it.target.resolve("site/key")).hasContent(VALUE);
    assertThat(it.gate.claims.getFirst().consequence()).contains("given the secrets DEPLOY_KEY");
  }

  @Test
  void nothingOfItIsEverPrinted() throws Exception {
    var script =
        """
        echo "plain $DEPLOY_KEY"
        printf %s "$DEPLOY_KEY" | base64
        printf 'x%s' "$DEPLOY_KEY" | base64
        printf %s "$DEPLOY_KEY" | od -An -tx1 | tr -d ' \\n'; echo
        printf %s "$DEPLOY_KEY" | head -c 12; sleep 0.2; printf %s "$DEPLOY_KEY" | tail -c +13; echo
        echo x > out.txt
        echo "last $DEPLOY_KEY"
        exit 3
        """;
    var end = it.end(it.instruction(given(1, script)));
    var log = it.logs.get(1);
    assertThat(log)
        .contains("plain ***", "last ***")
        .doesNotContain(VALUE)
        .doesNotContain(Base64.getEncoder().encodeToString(VALUE.getBytes(StandardCharsets.UTF_8)));
    assertThat(String.valueOf(end)).contains("***").doesNotContain(VALUE);
    assertThat(String.valueOf(it.gate.outcomes)).doesNotContain(VALUE);
  }

  @Test
  void whatIsNotSetIsSaidBeforeAnybodyIsAsked() throws Exception {
    it.secrets.clear();
    var end = it.end(it.instruction(given(1, "true")));
    assertThat(end).isInstanceOf(Unsuccessful.class);
    assertThat(String.valueOf(end)).contains("muster secrets set DEPLOY_KEY");
    assertThat(it.gate.calls).isEmpty();
  }

  @Test
  void anotherSecretIsAnotherOperation() {
    var without = new Operation("publish", Risk.WRITE, List.of(), false, List.of(), null);
    var with =
        new Operation(
            "publish", Risk.WRITE, List.of(), false, List.of(), null, List.of(), List.of("A_KEY"));
    var other =
        new Operation(
            "publish", Risk.WRITE, List.of(), false, List.of(), null, List.of(), List.of("B_KEY"));
    assertThat(OperationDigest.identity(with, "s"))
        .isNotEqualTo(OperationDigest.identity(without, "s"))
        .isNotEqualTo(OperationDigest.identity(other, "s"));
  }
}
