package dev.muster.node.executor;

import dev.muster.node.executor.Executor.Execute;
import dev.muster.node.workspace.FrozenFiles;
import dev.muster.node.workspace.OperationContent;
import dev.muster.node.workspace.TreeScan;
import dev.muster.node.workspace.TreeScan.NotTakenException;
import dev.muster.node.workspace.Workspace;
import dev.muster.protocol.worker.Artifacts.UnreachableException;
import dev.muster.protocol.worker.Frozen;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// In which workspace an attempt works: that of what somebody was asked about, as it was then, the
/// one it had, or a fresh one.
record WorkspaceChoice(Execute request, Workplace workplace) {
  /// @param workspace null when the attempt cannot go on here
  record Chosen(@Nullable Workspace workspace, Resumption resumption) {}

  Chosen choose() throws IOException {
    var basis = Basis.of(request, workplace.sandbox().isolates());
    var frozen = request.frozen();
    if (frozen != null && frozen.ordinal() >= request.fromOrdinal()) {
      return frozen.basis().equals(basis)
          ? takeUp(frozen, basis)
          : anew(basis, "it was asked before for other inputs, or for another try");
    }
    return request.fromOrdinal() == 1
        ? new Chosen(prepare(), new Resumption(basis, 1, null, List.of()))
        : new Chosen(find(), new Resumption(basis, request.fromOrdinal(), null, List.of()));
  }

  /// For an agent: as its conversation left it. Where notes say that it could not be taken up, the
  /// conversation that led to it is of no use either.
  Chosen chooseForAgent() throws IOException {
    var basis = Basis.of(request, workplace.sandbox().isolates());
    var agent = request.agent();
    var fresh = new Resumption(basis, 1, null, List.of());
    if (agent.head() == null) return new Chosen(prepare(), fresh);
    var frozen = request.frozen();
    var asked = frozen != null && frozen.ordinal() == agent.ordinal();
    var left = asked ? frozen : agent.left();
    if (left == null) return new Chosen(prepare(), fresh);
    return left.basis().equals(basis)
        ? takeUp(left, basis)
        : anew(basis, "its conversation was about other inputs");
  }

  private Chosen takeUp(Frozen frozen, String basis) throws IOException {
    var own = frozen.attempt() == request.attempt() ? find() : null;
    var workspace = own == null ? prepare() : own;
    var files = new FrozenFiles(workplace.artifacts());
    try {
      var held = files.find(workspace, frozen.manifest());
      if (own != null && !holds(own, held)) workspace = prepare();
      if (!isSame(workspace, held)) files.restore(held.work(), workspace.work());
      return new Chosen(workspace, new Resumption(basis, frozen.ordinal(), held, List.of()));
    } catch (UnreachableException e) {
      throw e;
    } catch (IOException e) {
      return anew(
          basis, "what was asked about is gone, so the work was done anew: " + e.getMessage());
    }
  }

  private Chosen anew(String basis, String why) throws IOException {
    return new Chosen(prepare(), new Resumption(basis, 1, null, List.of(why)));
  }

  private static boolean holds(Workspace workspace, OperationContent held) throws IOException {
    try {
      var inputs = TreeScan.whole(workspace.inputs(), Contents.FROZEN);
      return inputs.digest().equals(held.inputs().digest());
    } catch (NotTakenException _) {
      return false;
    }
  }

  private static boolean isSame(Workspace workspace, OperationContent held) throws IOException {
    try {
      var work = TreeScan.whole(workspace.work(), Contents.FROZEN);
      return work.digest().equals(held.work().digest());
    } catch (NotTakenException _) {
      return false;
    }
  }

  private @Nullable Workspace find() {
    var assignment = request.assignment();
    return workplace.workspaces().find(assignment.run(), assignment.worker(), request.attempt());
  }

  private Workspace prepare() throws IOException {
    var assignment = request.assignment();
    return workplace
        .workspaces()
        .prepare(
            assignment.run(),
            assignment.worker(),
            request.attempt(),
            assignment.inputs(),
            workplace.artifacts());
  }
}
