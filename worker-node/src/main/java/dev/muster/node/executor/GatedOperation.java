package dev.muster.node.executor;

import dev.muster.protocol.approval.OperationRequest;
import java.util.List;

/// An operation as it stands before the gate.
///
/// @param name of its step
/// @param folders that its permit makes writable
/// @param secrets names of the values that its permit gives it
/// @param repeats whether the next attempt is to do it again, with a permit of its own
record GatedOperation(
    String name,
    OperationRequest request,
    PermittedFolders folders,
    List<String> secrets,
    boolean repeats) {
  GatedOperation {
    secrets = List.copyOf(secrets);
  }

  GatedOperation(String name, OperationRequest request, PermittedFolders folders, boolean repeats) {
    this(name, request, folders, List.of(), repeats);
  }
}
