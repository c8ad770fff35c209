package dev.muster.orchestrator.security.identity;

import org.jspecify.annotations.Nullable;

/// Who holds a bearer token. May ask the database, or an issuer.
public interface Known {
  /// Nobody but the owner of the data folder.
  Known NOBODY = _ -> null;

  /// Null when nobody does, or does any more.
  @Nullable Principal by(String bearer);
}
