package dev.muster.orchestrator.security.trust;

import java.security.GeneralSecurityException;

/// Where a node's keys come from. They change while a node runs, so whoever uses them asks again.
@FunctionalInterface
public interface KeySource {
  /// @throws GeneralSecurityException when there are none that can be used; the message says why
  NodeKeys current() throws GeneralSecurityException;
}
