package dev.muster.host;

import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.orchestrator.security.trust.Authority;
import dev.muster.orchestrator.security.trust.NodeKeys;
import dev.muster.orchestrator.security.trust.Offices;
import dev.muster.orchestrator.security.trust.Pem;
import dev.muster.orchestrator.usecase.Why;
import dev.muster.protocol.proof.Office;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A folder of an operator's own authority: `authority.pem` (for every node), `authority.key` (for
/// nobody), and for each node `NAME.pem` and `NAME.key`.
///
/// `authority.pem` holds the newest authority first, and before it was made the older ones, so that
/// nodes believe both while certificates are exchanged.
public record CertificateFolder(Path folder, Instant now) {
  public static final Duration VALID_FOR = Duration.ofDays(398);

  /// DNS names and addresses (RFC 5280, 4.2.1.6).
  private static final Set<Object> HOSTS = Set.of(2, 7);

  private static final String AUTHORITY = "authority.pem";
  private static final String AUTHORITY_KEY = "authority.key";

  /// A node and the names or addresses under which others reach it.
  ///
  /// @param office what it may vouch for
  public record Node(String name, List<String> hosts, Office office) {
    public Node {
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}") || name.equals("authority")) {
        throw new IllegalArgumentException(
            "expected a node's name of letters, digits, dots and dashes, found `" + name + "`");
      }
      hosts = List.copyOf(hosts);
      if (hosts.isEmpty()
          || !hosts.stream().allMatch(h -> h.matches("[A-Za-z0-9._:\\[\\]-]{1,253}"))) {
        throw new IllegalArgumentException(
            "expected hosts of " + name + ", by commas, found " + hosts);
      }
    }
  }

  /// Makes what is missing: the authority, and a certificate for each of these nodes.
  public void create(List<Node> nodes) {
    guarded(() -> {
      createFolder();
      if (!Files.exists(folder.resolve(AUTHORITY_KEY))) found(List.of());
      for (var node : nodes) {
        var file = folder.resolve(node.name() + ".pem");
        if (Files.exists(file)) {
          throw new Refusal(
              Exit.CONFLICT,
              "expected no certificate at " + file + ", found one",
              "muster certs renew makes new ones for the nodes that have one");
        }
        write(node);
      }
    });
  }

  /// New keys and certificates for every node of the folder, for the same hosts.
  ///
  /// @return the names of the nodes
  public List<String> renew() {
    var renewed = new ArrayList<String>();
    guarded(() -> {
      for (var node : nodes()) {
        write(node);
        renewed.add(node.name());
      }
    });
    return renewed;
  }

  /// A new authority, which signs from now on; those of before are believed until they end.
  public void renewAuthority() {
    guarded(() ->
        found(
            Pem.certificates(Files.readString(folder.resolve(AUTHORITY))).stream()
                .filter(it -> it.getNotAfter().toInstant().isAfter(now))
                .toList()));
  }

  private void found(List<X509Certificate> before) throws IOException, GeneralSecurityException {
    var authority = Authority.create(now);
    var all = new ArrayList<X509Certificate>();
    all.add(authority.certificate());
    all.addAll(before);
    put(AUTHORITY_KEY, Pem.of(authority.key()));
    put(AUTHORITY, pem(all));
  }

  private static String pem(List<X509Certificate> certificates)
      throws CertificateEncodingException {
    var text = new StringBuilder();
    for (var certificate : certificates) text.append(Pem.of(certificate));
    return text.toString();
  }

  private List<Node> nodes() throws IOException, GeneralSecurityException {
    var found = new ArrayList<Node>();
    try (var files = Files.newDirectoryStream(folder, "*.pem")) {
      for (var file : files) {
        var name = file.getFileName().toString().replaceFirst("\\.pem$", "");
        if (name.equals("authority")) continue;
        var certificate = Pem.certificates(Files.readString(file)).getFirst();
        found.add(new Node(name, hosts(certificate), office(certificate)));
      }
    }
    if (found.isEmpty()) {
      throw new Refusal(
          Exit.NOT_FOUND,
          "expected certificates of nodes in " + folder + ", found none",
          "muster certs create " + folder + " NODE=HOST makes them");
    }
    return found;
  }

  private static List<String> hosts(X509Certificate certificate) throws GeneralSecurityException {
    return certificate.getSubjectAlternativeNames().stream()
        .filter(name -> HOSTS.contains(name.get(0)))
        .map(name -> name.get(1).toString())
        .collect(Collectors.toList());
  }

  /// Before certificates said it, every node could do everything.
  private static Office office(X509Certificate certificate) throws GeneralSecurityException {
    var office = Offices.of(certificate);
    return office == null ? Office.ORCHESTRATOR : office;
  }

  private void write(Node node) throws IOException, GeneralSecurityException {
    var authorities = Pem.certificates(Files.readString(folder.resolve(AUTHORITY)));
    var key =
        Pem.privateKey(
            Files.readString(folder.resolve(AUTHORITY_KEY)), authorities.getFirst().getPublicKey());
    NodeKeys keys =
        new Authority(authorities.getFirst(), key)
            .issue(node.name(), node.hosts(), node.office(), VALID_FOR, now, authorities);
    put(node.name() + ".key", Pem.of(keys.key()));
    put(node.name() + ".pem", pem(keys.chain()));
  }

  private void createFolder() throws IOException {
    if (!Files.isDirectory(folder)) DataFolder.create(folder);
  }

  /// Whole or not at all, and for nobody else to read.
  private void put(String name, String text) throws IOException {
    var part =
        Files.createTempFile(
            folder,
            ".part",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(part, text);
    Files.move(
        part,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException, GeneralSecurityException;
  }

  private void guarded(Work work) {
    try {
      work.run();
    } catch (IOException | GeneralSecurityException e) {
      throw new Refusal(
          Exit.FAILED,
          "the certificates in " + folder + " could not be made: " + Why.of(e),
          "look at the folder, or begin another: muster certs create DIR NODE=HOST",
          e);
    }
  }
}
