package dev.muster.node.executor;

import dev.muster.node.workspace.OperationContent;
import dev.muster.protocol.approval.OperationRequest;
import java.util.List;

/// An operation as it stands before the gate.
///
/// @param name of its step
/// @param folders that its permit makes writable
/// @param reads what it says that it reads of the target
/// @param content everything it meets
/// @param secrets names of the values that its permit gives it
/// @param repeats whether the next try is to do it again, with a permit of its own
record GatedOperation(
    String name,
    OperationRequest request,
    PermittedFolders folders,
    List<String> reads,
    List<String> secrets,
    OperationContent content,
    boolean repeats) {
  GatedOperation {
    secrets = List.copyOf(secrets);
  }
}
