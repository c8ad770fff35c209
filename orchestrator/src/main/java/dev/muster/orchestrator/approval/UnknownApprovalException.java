package dev.muster.orchestrator.approval;

import java.io.Serial;

/// Nobody asked for an approval of this name.
public final class UnknownApprovalException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public UnknownApprovalException(String approval) {
    super("Expected the id of an approval, but nobody asked for " + approval + ".");
  }
}
