package dev.muster.orchestrator.engine.membership;

import java.io.Serial;
import java.sql.SQLException;

/// The registry of nodes cannot be read or written now.
public final class RegistryException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  RegistryException(SQLException cause) {
    super("the registry of nodes does not answer: " + cause.getMessage(), cause);
  }
}
