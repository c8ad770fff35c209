package dev.muster.orchestrator.readside.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Who is told of what, and the key that both know. It comes from the user's own settings alone.
///
/// @param name by which people know it, and its deliveries are kept
/// @param kinds the types of events it is told of; none for all that are told
public record WebhookTarget(String name, URI url, String key, Set<String> kinds) {
  /// The name of the only one there once was.
  public static final String STANDARD = "webhook";

  public static final int KEY_CHARS_MIN = 16;

  /// Told of everything.
  public WebhookTarget(URI url, String key) {
    this(STANDARD, url, key, Set.of());
  }

  /// @throws IllegalArgumentException in words
  public WebhookTarget {
    kinds = Set.copyOf(kinds);
    if (!name.matches("[a-z0-9][a-z0-9_-]{0,39}")) {
      throw new IllegalArgumentException("a name of a-z, 0-9, dashes and underscores");
    }
    var unknown = kinds.stream().filter(it -> !WebhookMessage.KINDS.contains(it)).findFirst();
    if (unknown.isPresent()) {
      throw new IllegalArgumentException(
          "kinds out of %s, found %s"
              .formatted(String.join(", ", WebhookMessage.KINDS), unknown.get()));
    }
    var problem = problem(url);
    if (problem != null) throw new IllegalArgumentException(problem);
    if (key.length() < KEY_CHARS_MIN) {
      throw new IllegalArgumentException("a key of " + KEY_CHARS_MIN + " characters or more");
    }
  }

  /// Never shows the key.
  @Override
  public String toString() {
    return "WebhookTarget[" + name + " " + url + "]";
  }

  boolean wants(String kind) {
    return kinds.isEmpty() || kinds.contains(kind);
  }

  private static @Nullable String problem(URI url) {
    var host = url.getHost();
    if (host == null || url.getUserInfo() != null || url.getFragment() != null) {
      return "a URL such as https://hooks.example/muster, without a user";
    }
    if ("https".equals(url.getScheme())) return null;
    return "http".equals(url.getScheme()) && isLiteral(host)
        ? null
        : "https; plain http goes only to an address that is written as one, such as 127.0.0.1";
  }

  /// Whoever writes a private address means it; a name that leads to one may be somebody else's
  /// doing. What hands out credentials of a machine (link-local) is never meant.
  ///
  /// @return why nothing is sent there, in words; null when something may be
  @Nullable String refusal(InetAddress address) {
    if (address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || address.isAnyLocalAddress()) {
      return address.getHostAddress() + " is no address of a server";
    }
    var isPrivate =
        address.isLoopbackAddress() || address.isSiteLocalAddress() || isUniqueLocal(address);
    return isPrivate && !isLiteral(url.getHost())
        ? url.getHost()
            + " leads to "
            + address.getHostAddress()
            + ", which is private: write the address itself"
        : null;
  }

  private static boolean isUniqueLocal(InetAddress address) {
    var bytes = address.getAddress();
    return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
  }

  private static boolean isLiteral(String host) {
    return host.startsWith("[") || host.matches("[0-9]+(\\.[0-9]+){3}");
  }

  /// HMAC-SHA-256 over the time and the body, so that neither can be another.
  String signature(long atSeconds, String body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      var signed = mac.doFinal((atSeconds + "." + body).getBytes(StandardCharsets.UTF_8));
      return "t=" + atSeconds + ",v1=" + HexFormat.of().formatHex(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM knows HmacSHA256", e);
    }
  }
}
