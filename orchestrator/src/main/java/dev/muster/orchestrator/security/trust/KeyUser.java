package dev.muster.orchestrator.security.trust;

import java.security.GeneralSecurityException;

/// Uses the keys of a node, and others when they have changed.
@FunctionalInterface
public interface KeyUser {
  void learn(NodeKeys keys) throws GeneralSecurityException;
}
