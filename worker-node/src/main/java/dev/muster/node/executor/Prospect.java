package dev.muster.node.executor;

import dev.muster.node.workspace.OperationContent;
import dev.muster.protocol.instruction.Operation;
import dev.muster.protocol.instruction.Risk;
import java.util.List;

/// An operation whose sandbox is known before the question about it is put into words.
///
/// @param name of its step
/// @param secrets names of the values that its permit gives it
record Prospect(
    String name,
    String kind,
    Risk risk,
    String script,
    PermittedFolders folders,
    boolean network,
    List<String> secrets,
    OperationContent content) {
  Prospect {
    secrets = List.copyOf(secrets);
  }

  static Prospect of(
      String name,
      Operation operation,
      Risk risk,
      String script,
      PermittedFolders folders,
      OperationContent content) {
    return new Prospect(
        name,
        operation.kind(),
        risk,
        script,
        folders,
        operation.network(),
        operation.secrets(),
        content);
  }

  /// Who hears of it.
  @FunctionalInterface
  interface Heard {
    Heard NOBODY = _ -> {};

    void expect(Prospect prospect);
  }
}
