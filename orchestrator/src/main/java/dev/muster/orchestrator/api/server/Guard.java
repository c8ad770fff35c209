package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.api.exchange.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a browser may carry here. It shows web pages of strangers: a checked `Host` keeps out names
/// that were bound anew to this address, a checked `Origin` and `Sec-Fetch-Site` other sites'
/// scripts. Who may do what is asked afterwards.
final class Guard {
  private static final Set<String> PROBED = Set.of("/health/live", "/health/ready");

  private final Set<String> hostNames;
  private final boolean exposed;
  private final boolean tls;

  Guard(HttpSettings settings) {
    this.hostNames = settings.hostNames();
    this.exposed = settings.exposed();
    this.tls = settings.tls() != null;
  }

  /// Whoever probes a container calls it by an address nobody could have named before.
  void admit(String path, @Nullable String host, @Nullable String origin) {
    var anyHost = exposed && PROBED.contains(path);
    if (!anyHost && (host == null || !hostNames.contains(nameOf(host)))) {
      throw ProblemException.of(
          403,
          "unknown-host",
          "expected a Host that this node is known by, found another; names are added by the"
              + " setting http.names");
    }
    if (origin != null && !isOwn(origin, String.valueOf(host))) {
      throw ProblemException.of(
          403, "foreign-origin", "expected no Origin, or that of the Host itself, found another");
    }
  }

  /// By `https` as well where something before the node ends TLS.
  private boolean isOwn(String origin, String host) {
    return (!tls && origin.equalsIgnoreCase("http://" + host))
        || ((tls || exposed) && origin.equalsIgnoreCase("https://" + host));
  }

  /// @param site the browser's `Sec-Fetch-Site`
  void sameSite(@Nullable String site) {
    if (site == null || site.equals("same-origin") || site.equals("none")) return;
    throw ProblemException.of(
        403, "foreign-origin", "expected Sec-Fetch-Site same-origin or none, found another site");
  }

  /// The host without its port; an IPv6 address keeps its brackets.
  private static String nameOf(String host) {
    var name = host.toLowerCase(Locale.ROOT);
    var colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf(']') ? name.substring(0, colon) : name;
  }

  /// No name and no word that is looked for has a NUL, and PostgreSQL cannot be asked for one.
  static void readable(List<String> segments, Map<String, String> query) {
    if (Stream.concat(segments.stream(), query.values().stream())
        .noneMatch(it -> it.indexOf('\0') >= 0)) return;
    throw ProblemException.of(
        400, "malformed-request", "expected a path and a query without NUL characters");
  }
}
