package dev.muster.orchestrator.api.stream;

import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.api.identity.Credentials;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.security.identity.Principal;
import java.time.Duration;
import java.util.Map;

/// Whether whoever opened a stream may still hear it: a session ends, a token is revoked, a user is
/// disabled, or loses a workforce or a role.
final class Standing {
  private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(2).toNanos();

  private final Credentials credentials;
  private final Map<String, String> headers;
  private final Principal principal;
  private long lookedNanos = System.nanoTime();
  private boolean holds = true;

  Standing(Api api, Call call) {
    this.credentials = new Credentials(api.token(), api.identities());
    this.headers = call.headers();
    this.principal = call.principal();
  }

  /// Asks again what the request has shown, every few seconds.
  synchronized boolean holds() {
    if (!holds || System.nanoTime() - lookedNanos < LOOK_EVERY_NANOS) return holds;
    lookedNanos = System.nanoTime();
    try {
      var now = credentials.find("GET", headers);
      holds =
          now.may(Permission.READ)
              && now.name().equals(principal.name())
              && (now.workforce() == null || now.workforce().equals(principal.workforce()));
    } catch (ProblemException _) {
      holds = false;
    }
    return holds;
  }
}
