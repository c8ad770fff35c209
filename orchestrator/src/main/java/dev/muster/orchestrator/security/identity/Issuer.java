package dev.muster.orchestrator.security.identity;

import java.net.URI;
import java.util.Map;
import java.util.Set;

/// Who else may say who somebody is (OpenID Connect), and how its words are understood.
///
/// @param url of the issuer, as its tokens name it
/// @param audience that its tokens must be for
/// @param claim that holds roles or groups; dots lead into objects
/// @param roles what a value of that claim means here
public record Issuer(URI url, String audience, String claim, Map<String, Role> roles) {
  public Issuer {
    roles = Map.copyOf(roles);
    var isLoopback =
        Set.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(url.getHost()));
    if (!"https".equals(url.getScheme()) && !("http".equals(url.getScheme()) && isLoopback)) {
      throw new IllegalArgumentException("an https URL (http on loopback only)");
    }
  }
}
