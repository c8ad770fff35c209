package dev.muster.orchestrator.security.trust;

import dev.muster.protocol.proof.Office;
import java.math.BigInteger;
import java.net.IDN;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes certificates (X.509, elliptic curve P-256) for the nodes of one cluster.
///
/// @param certificate signed by its own key
public record Authority(X509Certificate certificate, PrivateKey key) {
  public static final Duration VALID_FOR = Duration.ofDays(3_650);

  /// Clocks of nodes differ, and a certificate must be good at once.
  static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

  private static final int SERIAL_BITS = 120;
  private static final SecureRandom RANDOM = new SecureRandom();

  /// A new authority, of which nobody has heard yet.
  public static Authority create(Instant now) throws GeneralSecurityException {
    var keys = keys();
    // The name differs, so that a verifier that knows several looks at the right one.
    var name =
        new X500Principal(
            "CN=Muster nodes " + serial().toString(Character.MAX_RADIX).substring(0, 8));
    var builder = builder(name, name, keys, now, VALID_FOR);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
    return new Authority(signed(builder, keys.getPrivate()), keys.getPrivate());
  }

  /// A new key with a certificate for a node that others reach under these hosts.
  ///
  /// @param hosts names or addresses
  /// @param office what the node may vouch for
  /// @param trusted all authorities that the node is to believe
  public NodeKeys issue(
      String node,
      Collection<String> hosts,
      Office office,
      Duration validFor,
      Instant now,
      List<X509Certificate> trusted)
      throws GeneralSecurityException {
    var keys = keys();
    var builder =
        builder(certificate.getSubjectX500Principal(), commonName(node), keys, now, validFor);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.subjectAlternativeName, false, names(hosts, office));
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
    return new NodeKeys(keys.getPrivate(), List.of(signed(builder, key)), trusted);
  }

  private static GeneralNames names(Collection<String> hosts, Office office) {
    var names =
        hosts.stream()
            .map(host ->
                Hosts.isAddress(host)
                    ? new GeneralName(GeneralName.iPAddress, Hosts.bare(host))
                    : new GeneralName(GeneralName.dNSName, IDN.toASCII(host)));
    var uri = new GeneralName(GeneralName.uniformResourceIdentifier, Offices.uri(office));
    return new GeneralNames(Stream.concat(names, Stream.of(uri)).toArray(GeneralName[]::new));
  }

  private static X500Principal commonName(String node) {
    return new X500Principal("CN=\"" + node.replace("\\", "").replace("\"", "") + "\"");
  }

  private static X509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, KeyPair keys, Instant now, Duration validFor) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        serial(),
        Date.from(now.minus(CLOCKS_DIFFER)),
        Date.from(now.plus(validFor)),
        subject,
        keys.getPublic());
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey by)
      throws GeneralSecurityException {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(by);
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static KeyPair keys() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }

  private static BigInteger serial() {
    return new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS);
  }

  /// Never shows the key.
  @Override
  public String toString() {
    return "Authority[" + certificate.getSubjectX500Principal() + "]";
  }
}
