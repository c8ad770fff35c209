package dev.muster.orchestrator.http;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may talk to the API at all, and who may change something.
///
/// A browser on this machine carries web pages of strangers: a checked `Host` keeps out names that
/// were bound anew to this address, a checked `Origin` keeps out other sites' scripts, and without
/// the token, which only the operator's own files hold, nothing is changed. Where others than this
/// machine may come, nothing is read without the token either, and only health is told to anybody:
/// whoever probes a container calls it by an address nobody could have named before.
final class Guard {
  private static final Set<String> PROBED = Set.of("/health/live", "/health/ready");

  private final Set<String> hostNames;
  private final boolean exposed;
  private final OperatorToken token;

  Guard(HttpSettings settings, OperatorToken token) {
    this.hostNames = settings.hostNames();
    this.exposed = settings.exposed();
    this.token = token;
  }

  /// Whether this path needs the token before anything is said of it.
  boolean isSecret(String path) {
    return exposed && !PROBED.contains(path);
  }

  void admit(String path, @Nullable String host, @Nullable String origin) {
    var anyHost = exposed && PROBED.contains(path);
    if (!anyHost && (host == null || !hostNames.contains(nameOf(host)))) {
      throw ProblemException.of(
          403,
          "unknown-host",
          "expected a Host of %s, found %s; names are added by the setting http.names"
              .formatted(hostNames.stream().sorted().toList(), host));
    }
    if (origin != null && !isOwn(origin, String.valueOf(host))) {
      throw ProblemException.of(
          403,
          "foreign-origin",
          "expected no Origin or http://%s, found %s".formatted(host, origin));
    }
  }

  /// By `https` as well where something before the node ends TLS.
  private boolean isOwn(String origin, String host) {
    return origin.equalsIgnoreCase("http://" + host)
        || (exposed && origin.equalsIgnoreCase("https://" + host));
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
