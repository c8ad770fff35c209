package dev.muster.node.executor;

import dev.muster.protocol.approval.OperationRequest;
import dev.muster.protocol.instruction.Block;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.instruction.Risk;
import dev.muster.protocol.instruction.Script;
import dev.muster.protocol.instruction.WorkerInstruction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says of each block what the gate must be asked, if anything.
record Operations(AttemptSetting setting) {
  static final String UNSANDBOXED = "unsandboxed_command";

  /// Null when the block may simply run.
  @Nullable GatedOperation of(Block block) throws IOException {
    var operation = block.operation();
    if (operation != null) return declared(block, operation);
    if (setting.workplace().sandbox().isolates()) return null;
    return unsandboxed("block " + block.ordinal(), block.ordinal(), block.script());
  }

  /// The tests as one operation, behind the last block; null when there is a sandbox to run them
  /// in.
  @Nullable GatedOperation ofTests(WorkerInstruction instruction) {
    if (setting.workplace().sandbox().isolates()) return null;
    var ordinal = 1 + instruction.blocks().stream().mapToInt(Block::ordinal).max().orElse(0);
    var script = instruction.tests().stream().map(Script::text).collect(Collectors.joining("\n"));
    return unsandboxed("tests", ordinal, script);
  }

  private GatedOperation declared(Block block, Operation operation) throws IOException {
    for (var name : operation.secrets()) {
      // Nobody is asked about what could not be done.
      setting.workplace().secrets().reveal(name);
    }
    var folders =
        PermittedFolders.of(
            operation.writes(),
            setting.target(),
            setting.workplace().home(),
            setting.workplace().data(),
            setting.job().hidden());
    var asked =
        new OperationRequest(
            setting.request().assignment().worker(),
            block.ordinal(),
            OperationDigest.of(operation, block.script(), setting.workspace().work()),
            setting.request().epoch(),
            operation.kind(),
            operation.risk(),
            consequence(block, operation, folders),
            block.script(),
            operation.writes(),
            operation.network(),
            setting.workspace().work().toString(),
            operation.check(),
            setting.request().assignment().labels());
    return new GatedOperation(
        "block " + block.ordinal(), asked, folders, operation.secrets(), false);
  }

  private GatedOperation unsandboxed(String name, int ordinal, String script) {
    var asked =
        new OperationRequest(
            setting.request().assignment().worker(),
            ordinal,
            OperationDigest.ofUnsandboxed(script, setting.request().attempt()),
            setting.request().epoch(),
            UNSANDBOXED,
            Risk.WRITE,
            "The %s of %s would run without any sandbox, with all rights of the user of this node."
                .formatted(name, setting.request().assignment().worker()),
            script,
            List.of(),
            true,
            setting.workspace().work().toString(),
            null,
            setting.request().assignment().labels());
    return new GatedOperation(name, asked, new PermittedFolders(List.of(), null), true);
  }

  private String consequence(Block block, Operation operation, PermittedFolders folders) {
    var places =
        folders.folders().isEmpty()
            ? "write only in its workspace"
            : "write in "
                + folders.folders().stream().map(Path::toString).collect(Collectors.joining(", "));
    var secrets =
        operation.secrets().isEmpty()
            ? ""
            : ", and be given the secrets " + String.join(", ", operation.secrets());
    return "Block %d of %s (%s) would %s, %s%s."
        .formatted(
            block.ordinal(),
            setting.request().assignment().worker(),
            operation.kind(),
            places,
            operation.network() ? "with access to the network" : "without network",
            secrets);
  }
}
