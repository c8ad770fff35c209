package dev.muster.orchestrator.http;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may talk to the API at all, and who may change something.
///
/// A browser on this machine carries web pages of strangers: a checked `Host` keeps out names that
/// were bound anew to this address, a checked `Origin` keeps out other sites' scripts, and without
/// the token, which only the operator's own files hold, nothing is changed.
final class Guard {
  private final Set<String> hostNames;
  private final OperatorToken token;

  Guard(Set<String> hostNames, OperatorToken token) {
    this.hostNames = hostNames;
    this.token = token;
  }

  void admit(@Nullable String host, @Nullable String origin) {
    if (host == null || !hostNames.contains(nameOf(host))) {
      throw ProblemException.of(
          403,
          "unknown-host",
          "expected a Host of %s, found %s".formatted(hostNames.stream().sorted().toList(), host));
    }
    if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
      throw ProblemException.of(
          403,
          "foreign-origin",
          "expected no Origin or http://%s, found %s".formatted(host, origin));
    }
  }

  /// @param authorization the header of that name
  /// @param site the browser's `Sec-Fetch-Site`
  void authorize(@Nullable String authorization, @Nullable String site) {
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw ProblemException.of(403, "foreign-origin", "expected no other site, found " + site);
    }
    if (authorization == null) {
      throw ProblemException.of(
          401,
          "token-missing",
          "expected the header `Authorization: Bearer <token>` with the token in"
              + " <data>/operator.token, found none");
    }
    var scheme = "bearer ";
    var isBearer = authorization.toLowerCase(Locale.ROOT).startsWith(scheme);
    if (!isBearer || !token.matches(authorization.substring(scheme.length()).strip())) {
      throw ProblemException.of(
          403,
          "token-wrong",
          "expected the token in this node's <data>/operator.token, found another: does it belong"
              + " to another data folder?");
    }
  }

  /// The host without its port; an IPv6 address keeps its brackets.
  private static String nameOf(String host) {
    var name = host.toLowerCase(Locale.ROOT);
    var colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf(']') ? name.substring(0, colon) : name;
  }
}
