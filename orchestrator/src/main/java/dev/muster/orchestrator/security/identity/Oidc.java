package dev.muster.orchestrator.security.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bearer tokens of an OpenID Connect issuer: signed by a key it publishes, for our audience, not
/// expired, and with a claim that gives a role here. What gives none lets nobody in.
public final class Oidc implements Known {
  private static final Logger LOG = LoggerFactory.getLogger(Oidc.class);
  private static final int ANSWER_MAX_MILLIS = 3_000;
  private static final int ANSWER_MAX_BYTES = 256 * 1_024;
  private static final long KEYS_KEPT_MILLIS = 300_000;
  private static final long TRY_AGAIN_MILLIS = 5_000;
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  /// Public keys only: whoever can read what the issuer publishes must not be able to sign.
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final Issuer issuer;
  private final InstantSource clock;
  private final DefaultResourceRetriever web =
      new DefaultResourceRetriever(ANSWER_MAX_MILLIS, ANSWER_MAX_MILLIS, ANSWER_MAX_BYTES);
  private volatile @Nullable ConfigurableJWTProcessor<SecurityContext> processor;
  private volatile long failedAtMillis = Long.MIN_VALUE / 2;

  public Oidc(Issuer issuer, InstantSource clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  public @Nullable Principal by(String bearer) {
    try {
      var reader = processor();
      return reader == null ? null : principal(reader.process(bearer, null));
    } catch (ParseException | BadJOSEException e) {
      LOG.debug("a token was refused: {}", e.getMessage());
      return null;
    } catch (JOSEException | IOException e) {
      LOG.warn("the issuer {} cannot be asked: {}", issuer.url(), e.getMessage());
      return null;
    }
  }

  /// Null for a while after the issuer did not answer, or not as one does: strangers must not make
  /// us ask it. One asks for all who wait.
  private @Nullable ConfigurableJWTProcessor<SecurityContext> processor() throws IOException {
    var known = processor;
    if (known != null) return known;
    synchronized (web) {
      var now = clock.millis();
      if (processor != null || now - failedAtMillis < TRY_AGAIN_MILLIS) return processor;
      failedAtMillis = now;
      var made = made();
      processor = made;
      return made;
    }
  }

  private ConfigurableJWTProcessor<SecurityContext> made() throws IOException {
    var base = issuer.url().toString().replaceFirst("/$", "");
    var found = web.retrieveResource(URI.create(base + DISCOVERY).toURL()).getContent();
    try {
      return made(JSONObjectUtils.parse(found));
    } catch (ParseException e) {
      throw new IOException("its " + DISCOVERY + " is not understood", e);
    }
  }

  private ConfigurableJWTProcessor<SecurityContext> made(Map<String, Object> found)
      throws IOException, ParseException {
    if (!issuer.url().toString().equals(JSONObjectUtils.getString(found, "issuer"))) {
      throw new IOException("it says that it is " + JSONObjectUtils.getString(found, "issuer"));
    }
    var made = new DefaultJWTProcessor<SecurityContext>();
    made.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            ALGORITHMS, keys(JSONObjectUtils.getURI(found, "jwks_uri"))));
    made.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            issuer.audience(),
            new JWTClaimsSet.Builder().issuer(issuer.url().toString()).build(),
            Set.of("sub", "exp", "iat")) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        });
    return made;
  }

  private com.nimbusds.jose.jwk.source.JWKSource<SecurityContext> keys(@Nullable URI jwks)
      throws IOException {
    if (jwks == null || !issuer.url().getScheme().equals(jwks.getScheme())) {
      throw new IOException("it names no jwks_uri of " + issuer.url().getScheme());
    }
    try {
      return JWKSourceBuilder.<SecurityContext>create(jwks.toURL(), web)
          .cache(KEYS_KEPT_MILLIS, ANSWER_MAX_MILLIS)
          .rateLimited(TRY_AGAIN_MILLIS)
          .build();
    } catch (MalformedURLException e) {
      throw new IOException("its jwks_uri is no URL", e);
    }
  }

  private @Nullable Principal principal(JWTClaimsSet claims) {
    var roles = EnumSet.noneOf(Role.class);
    for (var value : values(claims)) {
      var role = issuer.roles().get(value);
      if (role != null) roles.add(role);
    }
    if (roles.isEmpty()) return null;
    var name = "oidc:" + claims.getSubject();
    return new Principal(name, Principal.Kind.OIDC, name, roles, null);
  }

  private List<String> values(JWTClaimsSet claims) {
    @Nullable Object at = claims.getClaims();
    for (var step : issuer.claim().split("\\.", 10)) {
      at = at instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return switch (at) {
      case Collection<?> several -> several.stream().map(String::valueOf).toList();
      case String one -> List.of(one.split("[ ,]+", 100));
      case null, default -> List.of();
    };
  }
}
