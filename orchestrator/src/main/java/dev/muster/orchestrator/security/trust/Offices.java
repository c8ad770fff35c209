package dev.muster.orchestrator.security.trust;

import dev.muster.protocol.proof.Office;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;

/// What a certificate says of the node that it was made for: its name, and by a URI among its
/// subject's alternative names (RFC 5280, 4.2.1.6) what the node may vouch for.
public final class Offices {
  private static final int URI = 6;
  private static final int DNS_NAME = 2;

  private Offices() {}

  /// Such as `urn:muster:orchestrator`.
  public static String uri(Office office) {
    return switch (office) {
      case NODE -> "urn:muster:worker";
      case ORCHESTRATOR -> "urn:muster:orchestrator";
    };
  }

  /// Null where it says nothing, as certificates of before do.
  public static @Nullable Office of(X509Certificate certificate)
      throws CertificateParsingException {
    for (var office : Office.values()) {
      if (isNamed(certificate, URI, uri(office))) return office;
    }
    return null;
  }

  /// Whether it was made for the node of this name: its common name, or one of its DNS names.
  static boolean names(X509Certificate certificate, String node)
      throws CertificateParsingException {
    return node.equals(commonName(certificate)) || isNamed(certificate, DNS_NAME, node);
  }

  private static boolean isNamed(X509Certificate certificate, int type, String name)
      throws CertificateParsingException {
    var names = certificate.getSubjectAlternativeNames();
    return names != null
        && names.stream()
            .anyMatch(it -> it.get(0).equals(type) && it.get(1).toString().equals(name));
  }

  private static @Nullable String commonName(X509Certificate certificate) {
    try {
      for (var part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) return part.getValue().toString();
      }
      return null;
    } catch (InvalidNameException _) {
      return null;
    }
  }
}
