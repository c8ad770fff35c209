package dev.muster.node.executor;

import dev.muster.protocol.approval.OperationRequest;

/// An operation as it stands before the gate.
///
/// @param name of its step
/// @param folders that its permit makes writable
/// @param repeats whether the next attempt is to do it again, with a permit of its own
record GatedOperation(
    String name, OperationRequest request, PermittedFolders folders, boolean repeats) {}
