package dev.muster.orchestrator.security.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.muster.orchestrator.journal.jdbc.Rows;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// JSON web tokens of our own, for programs that log in with a user's password. They say who, and
/// nothing of what that user may do, which is looked up each time. Signed with a key that the
/// orchestrators of one database share.
public final class WebTokens {
  public static final Duration LIFE = Duration.ofHours(1);

  private static final String ISSUER = "muster";
  private static final String PURPOSE = "jwt-hs256";
  private static final int KEY_BYTES = 32;

  private final Rows<IllegalStateException> rows;
  private final Users users;
  private final InstantSource clock;
  private volatile byte @Nullable [] key;

  public WebTokens(DataSource database, Users users, InstantSource clock) {
    this.rows = Rows.of(database, "who may call");
    this.users = users;
    this.clock = clock;
  }

  public String issue(Principal user) {
    var now = clock.instant();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject(user.name())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .jwtID(Secret.random(8))
            .build();
    var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    try {
      token.sign(new MACSigner(key()));
    } catch (JOSEException e) {
      throw new IllegalStateException("a token cannot be signed", e);
    }
    return token.serialize();
  }

  /// Null for one of another issuer, or that does not count (any more).
  @Nullable Principal by(String bearer) {
    try {
      var token = SignedJWT.parse(bearer);
      if (!JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm())) return null;
      if (!token.verify(new MACVerifier(key()))) return null;
      return user(token.getJWTClaimsSet());
    } catch (ParseException | JOSEException _) {
      return null;
    }
  }

  private @Nullable Principal user(JWTClaimsSet claims) {
    var name = claims.getSubject();
    var until = claims.getExpirationTime();
    var issued = claims.getIssueTime();
    if (!ISSUER.equals(claims.getIssuer()) || name == null || until == null || issued == null) {
      return null;
    }
    var since = users.passwordSince(name);
    // A token's times are whole seconds.
    var isOlder = since == null || issued.toInstant().plusSeconds(1).isBefore(since);
    return isOlder || !until.toInstant().isAfter(clock.instant()) ? null : users.principal(name);
  }

  private byte[] key() {
    var known = key;
    if (known != null) return known;
    rows.insert(
        "INSERT INTO identity_key (purpose, secret, made_at) SELECT ?, ?, ? WHERE NOT EXISTS"
            + " (SELECT 1 FROM identity_key WHERE purpose = ?)",
        PURPOSE,
        Secret.random(KEY_BYTES),
        clock.millis(),
        PURPOSE);
    var stored =
        rows.one(
            "SELECT secret FROM identity_key WHERE purpose = ?", row -> row.getString(1), PURPOSE);
    if (stored == null) throw new IllegalStateException("no key to sign tokens with");
    var read = stored.getBytes(StandardCharsets.US_ASCII);
    key = read;
    return read;
  }
}
