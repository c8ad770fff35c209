package dev.muster.orchestrator.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens of an issuer of our own, on loopback.
class OidcTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /// Of the whole class: making one takes a second.
  private static RSAKey published;

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private RSAKey key;
  private URI url;
  private Oidc oidc;
  private boolean nonsense;

  @BeforeAll
  static void publish() throws JOSEException {
    published = new RSAKeyGenerator(2048).keyID("one").generate();
  }

  @BeforeEach
  void begin() throws Exception {
    key = published;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    server.createContext(
        "/.well-known/openid-configuration",
        it ->
            answer(
                it,
                nonsense
                    ? "<html>"
                    : "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(url, url)));
    server.createContext("/keys", it -> answer(it, new JWKSet(key.toPublicJWK()).toString()));
    server.start();
    oidc =
        new Oidc(
            new Issuer(
                url, "muster", "realm.roles", Map.of("boss", Role.ADMIN, "ops", Role.OPERATOR)),
            () -> NOW);
  }

  private void answer(HttpExchange exchange, String body) throws IOException {
    asked.incrementAndGet();
    try (exchange) {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(url.toString())
        .audience("muster")
        .subject("u-1")
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(60)))
        .claim("realm", Map.of("roles", List.of("ops", "unknown")));
  }

  private String token(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
            change.apply(claims()).build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  @Test
  void anIssuersTokenGivesTheRolesItsClaimMeans() throws Exception {
    var principal = Objects.requireNonNull(oidc.by(token(it -> it)));
    assertThat(principal.name()).isEqualTo("oidc:u-1");
    assertThat(principal.roles()).containsExactly(Role.OPERATOR);
  }

  @Test
  void whatIsNotForUsOrOverOrGivesNoRoleLetsNobodyIn() throws Exception {
    assertThat(oidc.by(token(it -> it.audience("another")))).isNull();
    assertThat(oidc.by(token(it -> it.issuer("http://127.0.0.1:1")))).isNull();
    assertThat(oidc.by(token(it -> it.expirationTime(Date.from(NOW.minusSeconds(120)))))).isNull();
    assertThat(oidc.by(token(it -> it.expirationTime(null)))).isNull();
    assertThat(oidc.by(token(it -> it.claim("realm", Map.of("roles", List.of("unknown"))))))
        .isNull();
    assertThat(oidc.by(token(it -> it.claim("realm", null)))).isNull();
  }

  @Test
  void aKeyThatTheIssuerDoesNotPublishSignsNothing() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("one").generate();
    var forged = token(it -> it);
    key = published;
    assertThat(oidc.by(forged)).isNull();
  }

  @Test
  void aPublicKeyIsNoSecretToSignWith() throws Exception {
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), claims().build());
    token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
    assertThat(oidc.by(token.serialize())).isNull();
  }

  @Test
  void aNewKeyIsFoundOut() throws Exception {
    assertThat(oidc.by(token(it -> it))).isNotNull();
    var before = asked.get();
    assertThat(oidc.by(token(it -> it))).isNotNull();
    assertThat(asked.get()).as("keys are kept").isEqualTo(before);
  }

  @Test
  void anIssuerThatIsSilentIsNotAskedAtEveryRequest() throws Exception {
    var token = token(it -> it);
    server.stop(0);
    assertThat(oidc.by(token)).isNull();
    assertThat(oidc.by(token)).isNull();
  }

  @Test
  void anIssuerThatTalksNonsenseIsNotAskedAtEveryRequest() throws Exception {
    var token = token(it -> it);
    nonsense = true;
    for (var i = 0; i < 5; i++) assertThat(oidc.by(token)).isNull();
    assertThat(asked).hasValue(1);
  }

  @Test
  void anIssuerIsReachedEncrypted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Issuer(URI.create("http://issuer.example"), "a", "roles", Map.of()));
  }
}
