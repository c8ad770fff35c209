package dev.muster.node.executor;

import static dev.muster.node.executor.ExecutorFixture.block;

import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.node.sandbox.SandboxKind;
import dev.muster.node.sandbox.SandboxMode;
import dev.muster.protocol.approval.ApprovalCommand.Claimed.Pending;
import dev.muster.protocol.approval.Binding;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.worker.AttemptReport.NeedsDecision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A worker whose second block is an operation that somebody is asked about.
@ResourceLock(SandboxFixture.ALONE)
abstract class BindingScene {
  static final Block NOW = block(1, "date +%s%N > now; echo x > out.txt");

  @TempDir Path folder;
  ExecutorFixture it;

  SandboxKind kind() {
    return SandboxKind.NONE;
  }

  @BeforeEach
  void open() throws Exception {
    it = new ExecutorFixture(folder, SandboxMode.REQUIRE, kind());
    Files.writeString(it.target.resolve("deploy.sh"), "echo benign > $MUSTER_TARGET/rel/did\n");
  }

  @AfterEach
  void close() {
    if (it != null) it.close();
  }

  static Block deploys(String script, String... reads) {
    return new Block(
        2,
        script,
        new Operation(
            "production_deploy",
            Risk.ADMIN,
            List.of("rel"),
            false,
            List.of(),
            null,
            List.of(reads),
            List.of()));
  }

  Path did() {
    return it.target.resolve("rel/did");
  }

  NeedsDecision held(WorkerInstruction instruction) {
    it.gate.answer(new Pending("apr_1"));
    return (NeedsDecision) it.end(instruction);
  }

  String digest(int claim) {
    return it.gate.claims.get(claim).digest();
  }

  Binding bound(int claim) {
    return Objects.requireNonNull(it.gate.claims.get(claim).bound());
  }
}
