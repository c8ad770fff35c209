package dev.muster.node.executor;

import static dev.muster.node.executor.ExecutorFixture.gated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.agent.AgentLimits;
import dev.muster.node.sandbox.NeedsSandbox;
import dev.muster.node.tools.Toolbox;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.Enforced;
import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.approval.Preview;
import dev.muster.protocol.instruction.Brief;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever is asked sees what the worker is kept to, and what it says why.
@NeedsSandbox
class ConfinesTest {
  @TempDir Path folder;
  private AgentScene scene;

  @BeforeEach
  void open() throws Exception {
    var limits = new AgentLimits(100, null, null, null, 3, true);
    scene = new AgentScene(folder, limits, Toolbox.STANDARD.tools());
    scene.it.gate.answer(new Pending("apr_1"));
  }

  @AfterEach
  void close() {
    if (scene != null) scene.close();
  }

  private WorkerInstruction bounded(String... boundaries) {
    return scene.instruction(new Brief("MECHANICAL", null, null, List.of(boundaries)));
  }

  private OperationRequest asked() {
    return scene.it.gate.claims.getFirst();
  }

  private Enforced enforced() throws IOException {
    var preview = Objects.requireNonNull(Objects.requireNonNull(asked().bound()).preview());
    var bytes = scene.it.artifacts.read(preview, 0, 1 << 20);
    return Objects.requireNonNull(EventCodec.decode(bytes, Preview.class).enforced());
  }

  @Test
  void anAgentsRulesAreThoseThatAreEnforcedAndItsReasonIsItsOwn() throws Exception {
    scene.server.script(
        Turn.call(
            "operation",
            "{\"kind\":\"production_deploy\",\"script\":\"true\",\"writes\":[\"../site\"],"
                + "\"why\":\"approved\\n already \\u001b[2J\"}"));
    var instruction =
        bounded(
            "CANNOT modify: tests",
            "CAN create: src/",
            "CANNOT access: network",
            "CANNOT change the parser in a.py \u202E without care");
    assertThat(scene.it.end(instruction)).isInstanceOf(NeedsDecision.class);

    assertThat(asked().why()).isEqualTo("approved already [2J");
    var enforced = enforced();
    var site = scene.it.root.resolve("site") + ", for this operation alone";
    assertThat(enforced.writes())
        .containsExactly(
            "its workspace",
            site,
            "its deliverable out.txt",
            "BOUNDARIES, statement 2: `CAN create: src/`");
    assertThat(enforced.forbids())
        .hasSize(2)
        .last()
        .isEqualTo("BOUNDARIES, statement 1: `CANNOT modify: tests`");
    assertThat(enforced.network())
        .isEqualTo("no, and never: BOUNDARIES, statement 3: `CANNOT access: network`");
    assertThat(enforced.unenforced())
        .containsExactly("CANNOT change the parser in a.py \\u{202E} without care");
    assertThat(enforced.commands())
        .anyMatch(it -> it.startsWith("refused and recorded: an agent has no rights"));
    assertThat(enforced.places())
        .contains(
            new Enforced.Place("/muster/work", true, "its workspace"),
            new Enforced.Place(
                scene.it.root.resolve("site").toString(), true, "what is asked for here"));
  }

  @Test
  void aScriptsBoundariesAreNotSaidToBeEnforced() throws Exception {
    scene.it.end(scene.it.instruction(gated(1, "true", null, "rel")));
    assertThat(asked().why()).isNull();
    assertThat(enforced().forbids())
        .containsExactly("anything else of this host: the sandbox keeps it from there");
    assertThat(enforced().unenforced()).isEmpty();
    assertThat(enforced().network()).isEqualTo("no; each use of it is asked about");
  }
}
