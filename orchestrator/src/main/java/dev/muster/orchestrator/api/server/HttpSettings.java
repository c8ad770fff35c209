package dev.muster.orchestrator.api.server;

import static java.util.stream.Collectors.toSet;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Where the API listens and how much it takes.
///
/// @param port 0 for any free one
/// @param hostNames names under which callers may reach it; any other `Host` is refused, so that no
///   web page reaches it by rebinding a name of its own
/// @param exposed others than this machine may reach it
/// @param requestsMax requests in flight before callers are told to wait
/// @param streamsMax event streams and journal downloads at once
/// @param tls null for plain HTTP
/// @param docs whether there is a page to read the contract in
/// @param origins of other sites whose pages may call from a browser, in lower case
/// @param answerMax after which a caller is told that what it asked for takes longer
public record HttpSettings(
    String host,
    int port,
    Set<String> hostNames,
    boolean exposed,
    int requestsMax,
    int streamsMax,
    @Nullable SSLContext tls,
    boolean docs,
    Set<String> origins,
    Duration answerMax) {
  private static final Duration ANSWER_MAX = Duration.ofMinutes(1);

  public HttpSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is " + port + ", expected 0 to 65535");
    }
    hostNames = Set.copyOf(hostNames);
    origins = Set.copyOf(origins);
  }

  /// Pages of no other site may call.
  public HttpSettings(
      String host,
      int port,
      Set<String> hostNames,
      boolean exposed,
      int requestsMax,
      int streamsMax,
      @Nullable SSLContext tls) {
    this(host, port, hostNames, exposed, requestsMax, streamsMax, tls, true, Set.of(), ANSWER_MAX);
  }

  /// Reachable from this machine only, unless the host says otherwise.
  public static HttpSettings of(String host, int port) {
    return of(host, port, List.of());
  }

  /// @param names more names under which callers reach it, such as that of a load balancer
  public static HttpSettings of(String host, int port, Collection<String> names) {
    var all = new LinkedHashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
    if (!isEveryAddress(host)) all.add(asInHeader(host));
    names.forEach(name -> all.add(asInHeader(name)));
    return new HttpSettings(host, port, all, !isLoopback(host), 64, 256, null);
  }

  public HttpSettings over(@Nullable SSLContext context) {
    return new HttpSettings(
        host, port, hostNames, exposed, requestsMax, streamsMax, context, docs, origins, answerMax);
  }

  public HttpSettings withDocs(boolean shown) {
    return new HttpSettings(
        host, port, hostNames, exposed, requestsMax, streamsMax, tls, shown, origins, answerMax);
  }

  /// @param others whose pages may call from a browser, such as `https://ops.example`
  public HttpSettings openTo(Collection<String> others) {
    var lower = others.stream().map(it -> it.toLowerCase(Locale.ROOT)).collect(toSet());
    return new HttpSettings(
        host, port, hostNames, exposed, requestsMax, streamsMax, tls, docs, lower, answerMax);
  }

  public HttpSettings answeringWithin(Duration longest) {
    return new HttpSettings(
        host, port, hostNames, exposed, requestsMax, streamsMax, tls, docs, origins, longest);
  }

  /// Where callers on this machine reach what was bound.
  public URI urlHere(InetSocketAddress bound) {
    var name = isEveryAddress(host) ? "127.0.0.1" : asInHeader(host);
    return URI.create((tls == null ? "http://" : "https://") + name + ":" + bound.getPort());
  }

  /// Any name that is not surely of this machine counts as one of the world's.
  private static boolean isLoopback(String host) {
    var name = asInHeader(host);
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  private static boolean isEveryAddress(String host) {
    var name = asInHeader(host);
    return name.equals("0.0.0.0") || name.equals("[::]");
  }

  /// As `Host` has it, without a port: in lower case, an IPv6 address in brackets.
  private static String asInHeader(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    var isBareIpv6 = !lower.startsWith("[") && lower.indexOf(':') != lower.lastIndexOf(':');
    return isBareIpv6 ? "[" + lower + "]" : lower;
  }
}
