package dev.muster.orchestrator.security.trust;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.regex.Pattern;

/// Names and addresses of hosts, as certificates hold them (RFC 5280, 4.2.1.6).
final class Hosts {
  private static final int DNS_NAME = 2;
  private static final int ADDRESS = 7;
  private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private Hosts() {}

  static boolean isAddress(String host) {
    return host.contains(":") || V4.matcher(host).matches();
  }

  /// Without the brackets that an IPv6 address wears beside a port.
  static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /// Whether the certificate was made for this host. Wildcards count for nothing.
  static boolean names(X509Certificate certificate, String host)
      throws CertificateParsingException {
    var names = certificate.getSubjectAlternativeNames();
    if (names == null) return false;
    var wanted = bare(host).toLowerCase(Locale.ROOT);
    for (var name : names) {
      var type = (Integer) name.get(0);
      if ((type == DNS_NAME || type == ADDRESS)
          && wanted.equals(name.get(1).toString().toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}
