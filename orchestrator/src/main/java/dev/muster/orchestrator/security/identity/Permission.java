package dev.muster.orchestrator.security.identity;

import java.util.Locale;

/// What an endpoint of the API asks for. Each endpoint names one, beside its route.
public enum Permission {
  /// Looking at runs, logs, scripts, approvals and nodes.
  READ,
  /// Creating runs that ask before they do anything gated, and steering runs and nodes.
  OPERATE,
  /// Asking the gate on behalf of a program, and using up what it gave.
  ASK,
  /// Deciding what a gate holds, and letting a policy decide.
  DECIDE,
  /// Users, tokens, secrets and the audit log.
  ADMINISTER;

  /// As the contract and messages have it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
