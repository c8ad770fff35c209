package dev.muster.orchestrator.security.trust;

import dev.muster.orchestrator.journal.jdbc.Rows;
import dev.muster.orchestrator.journal.jdbc.Sql;
import dev.muster.protocol.proof.Office;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Keys for nodes that are given none: the authority lies in the database that they share, and each
/// node makes a certificate for itself.
///
/// Whoever can read that table can be a node; but whoever can write to the database can change the
/// journal already. A new authority is made when the last one is half through its life, and signs
/// only once every node has had time to learn of it.
public final class SharedAuthority implements KeySource {
  private static final Duration CERTIFICATE_VALID_FOR = Duration.ofDays(30);
  private static final Duration RENEW_BEFORE_END = Duration.ofDays(10);
  private static final Duration SIGNS_AFTER = Duration.ofHours(1);
  private static final int AUTHORITIES_MAX = 20;

  private final Rows<GeneralSecurityException> database;
  private final InstantSource clock;
  private final String node;
  private final List<String> hosts;
  private final Office office;
  private @Nullable NodeKeys issued;
  private @Nullable X509Certificate issuer;

  /// @param hosts names and addresses under which other nodes reach this one
  /// @param office what this node may vouch for
  public SharedAuthority(
      DataSource source, InstantSource clock, String node, List<String> hosts, Office office) {
    this.database =
        new Rows<>(
            source,
            (_, e) ->
                new GeneralSecurityException("the database does not answer: " + e.getMessage(), e));
    this.clock = clock;
    this.node = node;
    this.hosts = List.copyOf(hosts);
    this.office = office;
  }

  private record Stored(String certificate, String key, long signsFrom) {}

  private record Row(Authority authority, Instant signsFrom) {}

  @Override
  public synchronized NodeKeys current() throws GeneralSecurityException {
    var now = clock.instant();
    var rows = rows(now);
    var trusted = rows.stream().map(row -> row.authority().certificate()).toList();
    var signer = signer(rows, now);
    var before = issued;
    if (before != null
        && signer.certificate().equals(issuer)
        && before.authorities().equals(trusted)
        && isGood(before.chain().getFirst(), now)) {
      return before;
    }
    var keys = signer.issue(node, hosts, office, CERTIFICATE_VALID_FOR, now, trusted);
    issued = keys;
    issuer = signer.certificate();
    return keys;
  }

  private static boolean isGood(X509Certificate certificate, Instant now) {
    return now.plus(RENEW_BEFORE_END).isBefore(certificate.getNotAfter().toInstant());
  }

  /// The newest that all nodes know; the oldest while none has had its time.
  private static Authority signer(List<Row> rows, Instant now) {
    var signer = rows.getFirst().authority();
    for (var row : rows) {
      if (!row.signsFrom().isAfter(now)) signer = row.authority();
    }
    return signer;
  }

  /// Oldest first, and never none.
  private List<Row> rows(Instant now) throws GeneralSecurityException {
    var known = database.read(connection -> list(connection, now));
    return needsNew(known, now) ? database.transaction(it -> renewed(it, now)) : known;
  }

  /// Nodes that start at once make one authority, not several: whoever has the lock looks again.
  private static List<Row> renewed(Connection connection, Instant now)
      throws SQLException, GeneralSecurityException {
    Sql.one(
        connection,
        "SELECT generation FROM cluster_generation WHERE id = 1 FOR UPDATE",
        row -> row.getLong(1),
        List.of());
    var rows = list(connection, now);
    if (!needsNew(rows, now)) return rows;
    insert(connection, Authority.create(now), now, rows.isEmpty());
    return list(connection, now);
  }

  private static boolean needsNew(List<Row> rows, Instant now) {
    if (rows.isEmpty()) return true;
    var newest = rows.getLast().authority().certificate().getNotAfter().toInstant();
    return newest.isBefore(now.plus(Authority.VALID_FOR.dividedBy(2)));
  }

  private static List<Row> list(Connection connection, Instant now)
      throws SQLException, GeneralSecurityException {
    var stored =
        Sql.all(
            connection,
            "SELECT certificate, private_key, signs_from FROM node_authority ORDER BY id LIMIT "
                + AUTHORITIES_MAX,
            row -> new Stored(row.getString(1), row.getString(2), row.getLong(3)),
            List.of());
    var rows = new ArrayList<Row>();
    for (var it : stored) {
      var certificate = Pem.certificates(it.certificate()).getFirst();
      if (certificate.getNotAfter().toInstant().isBefore(now)) continue;
      var key = Pem.privateKey(it.key(), certificate.getPublicKey());
      rows.add(new Row(new Authority(certificate, key), Instant.ofEpochMilli(it.signsFrom())));
    }
    return rows;
  }

  private static void insert(
      Connection connection, Authority authority, Instant now, boolean isFirst)
      throws SQLException, GeneralSecurityException {
    var signsFrom = isFirst ? now : now.plus(SIGNS_AFTER);
    Sql.update(
        connection,
        "INSERT INTO node_authority (certificate, private_key, signs_from) VALUES (?, ?, ?)",
        List.of(
            Pem.of(authority.certificate()), Pem.of(authority.key()), signsFrom.toEpochMilli()));
  }
}
