package dev.muster.orchestrator.http;

import java.util.LinkedHashSet;
import java.util.Set;

/// Where the API listens and how much it takes.
///
/// @param port 0 for any free one
/// @param hostNames names under which callers may reach it; any other `Host` is refused, so that no
///   web page reaches it by rebinding a name of its own
/// @param requestsMax requests in flight before callers are told to wait
/// @param streamsMax event streams and journal downloads at once
public record HttpSettings(
    String host, int port, Set<String> hostNames, int requestsMax, int streamsMax) {
  public HttpSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is " + port + ", expected 0 to 65535");
    }
    hostNames = Set.copyOf(hostNames);
  }

  /// Reachable from this machine only, unless the host says otherwise.
  public static HttpSettings of(String host, int port) {
    var names = new LinkedHashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
    if (!host.equals("0.0.0.0") && !host.equals("::")) names.add(host);
    return new HttpSettings(host, port, names, 64, 32);
  }
}
