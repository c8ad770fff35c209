package dev.muster.orchestrator.api.identity;

import static dev.muster.orchestrator.api.exchange.Endpoint.delete;
import static dev.muster.orchestrator.api.exchange.Endpoint.get;
import static dev.muster.orchestrator.api.exchange.Endpoint.post;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.security.identity.Identities;
import dev.muster.orchestrator.security.identity.OneTimeCodes;
import dev.muster.orchestrator.security.identity.Passwords;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.orchestrator.security.identity.Role;
import dev.muster.orchestrator.security.identity.Sessions;
import dev.muster.orchestrator.security.identity.Users;
import dev.muster.orchestrator.security.identity.WebTokens;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Logging in and out: programs with a form, browsers with a cookie.
public final class SessionEndpoints {
  private static final int BODY_BYTES_MAX = 8_192;
  private static final int SECRET_CHARS_MAX = 4_096;

  private final Auditing auditing;
  private final Identities identities;
  private final Credentials credentials;
  private final OneTimeCodes codes;
  private final String cookieEnd;

  /// @param overTls whether browsers reach us by `https` only
  public SessionEndpoints(Api api, boolean overTls) {
    this.auditing = new Auditing(api.audit(), api.clock());
    this.identities = api.identities();
    this.credentials = new Credentials(api.token(), identities);
    this.codes = new OneTimeCodes(api.clock());
    this.cookieEnd = "; Path=/; HttpOnly; SameSite=Strict" + (overTls ? "; Secure" : "");
  }

  record Token(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("token_type") String tokenType,
      @JsonProperty("expires_in") long expiresIn) {}

  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Me(String name, String kind, List<String> roles, @Nullable String workforce) {
    static Me of(Principal principal) {
      return new Me(
          principal.name(),
          principal.kind().name().toLowerCase(Locale.ROOT),
          principal.roles().stream().sorted().map(Role::word).toList(),
          principal.workforce());
    }
  }

  record Session(Me me, String csrf, Instant expiresAt) {}

  record Code(String code, String path, Instant expiresAt) {}

  public List<Endpoint> all() {
    return List.of(
        get("/login", _ -> LoginPage.page()).answering().beforeReady().open(),
        get("/login.js", _ -> LoginPage.script()).answering().beforeReady().open(),
        post("/api/v1/token", this::token).open().taking(BODY_BYTES_MAX).takingAForm(),
        post("/api/v1/session", this::open).open().taking(BODY_BYTES_MAX),
        post("/api/v1/session/codes", this::code).needing(Permission.READ).alsoScoped(),
        delete("/api/v1/session", this::close).needing(Permission.READ).alsoScoped(),
        get("/api/v1/me", call -> Answer.ok(Me.of(call.principal()))).alsoScoped());
  }

  /// The password grant of OAuth 2 (RFC 6749, 4.3), as programs know it.
  private Answer token(Call call) {
    var form = form(call.body().utf8String());
    var grant = form.getOrDefault("grant_type", "password");
    if (!grant.equals("password")) {
      throw ProblemException.of(
          400, "unsupported-grant-type", "expected grant_type password, found another");
    }
    var user = form.get("username");
    var password = form.get("password");
    if (user == null || password == null) {
      throw ProblemException.of(
          400, "invalid-request", "expected the fields username and password");
    }
    var principal = login(call, user, password);
    return Answer.ok(
        new Token(identities.webTokens().issue(principal), "bearer", WebTokens.LIFE.toSeconds()));
  }

  private static Map<String, String> form(String text) {
    Map<String, String> fields = new HashMap<>();
    for (var pair : text.split("&", 20)) {
      var parts = pair.split("=", 2);
      if (parts.length == 2) fields.putIfAbsent(decoded(parts[0]), decoded(parts[1]));
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      var decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
      if (decoded.indexOf('\0') < 0) return decoded;
    } catch (IllegalArgumentException _) {
      // Refused below.
    }
    throw ProblemException.of(
        400, "invalid-request", "expected a form of percent-encoded fields without NUL characters");
  }

  private Answer open(Call call) {
    var body = call.json();
    var user = body.text("user", 100);
    var password = body.text("password", SECRET_CHARS_MAX);
    var token = body.text("token", SECRET_CHARS_MAX);
    var code = body.text("code", SECRET_CHARS_MAX);
    var ways =
        (token == null ? 0 : 1)
            + (code == null ? 0 : 1)
            + (user == null || password == null ? 0 : 1);
    if (ways != 1) body.error("token", "expected a token, a code, or a user and a password");
    body.check();
    var principal =
        code != null
            ? bearer(call, () -> codes.use(code), "a code")
            : token != null
                ? bearer(call, () -> credentials.holder(token.strip()), "a token")
                : login(call, user, password);
    if (principal.kind() == Principal.Kind.OIDC) {
      throw ProblemException.of(
          400, "no-session", "expected a token of this node: show an issuer's with each request");
    }
    var opened = identities.sessions().open(principal, token == null ? null : token.strip());
    return Answer.json(200, new Session(Me.of(principal), opened.csrf(), opened.expiresAt()))
        .with(
            "Set-Cookie",
            Credentials.COOKIE
                + "="
                + opened.cookie()
                + "; Max-Age="
                + Sessions.LIFE.toSeconds()
                + cookieEnd);
  }

  /// A browser that has a session gets no code, or sessions would last for ever.
  private Answer code(Call call) {
    if (call.header("authorization") == null || call.principal().kind() == Principal.Kind.OIDC) {
      throw ProblemException.of(
          409, "no-code", "expected a token of this node with the request, found another way in");
    }
    var given = codes.give(call.principal());
    return Answer.ok(new Code(given.code(), "/login#code=" + given.code(), given.expiresAt()))
        .with("Cache-Control", "no-store");
  }

  private Principal bearer(Call call, Supplier<@Nullable Principal> found, String what) {
    check("", call.peer());
    var principal = found.get();
    auditing.login(call, principal == null ? what : principal.name(), principal != null);
    if (principal != null) {
      identities.throttle().succeeded("", call.peer());
      return principal;
    }
    identities.throttle().failed("", call.peer());
    throw refused();
  }

  private Principal login(Call call, @Nullable String name, @Nullable String password) {
    if (name == null || password == null) throw refused();
    var account = name.length() > 100 ? name.substring(0, 100) : name;
    check(account, call.peer());
    try {
      var principal = identities.users().login(name, password);
      auditing.login(call, Users.isName(name) ? name : "no name", principal != null);
      if (principal != null) {
        identities.throttle().succeeded(account, call.peer());
        return principal;
      }
    } catch (Passwords.Busy _) {
      throw ProblemException.of(429, "too-many-logins", "too many logins at once: wait a second");
    }
    identities.throttle().failed(account, call.peer());
    throw refused();
  }

  private void check(String account, String peer) {
    var wait = identities.throttle().wait(account, peer);
    if (wait.isZero()) return;
    throw ProblemException.of(
        429,
        "too-many-failures",
        "too many logins have failed: try again in %d s".formatted(wait.toSeconds() + 1));
  }

  /// The same whether there is nobody of that name or the password is another.
  private static ProblemException refused() {
    return ProblemException.of(
        401, "login-refused", "expected a user and their password, or a token, found neither");
  }

  private Answer close(Call call) {
    var cookie = Credentials.cookie(call.headers());
    if (cookie != null) identities.sessions().close(cookie);
    return Answer.ok(Me.of(call.principal()))
        .with("Set-Cookie", Credentials.COOKIE + "=; Max-Age=0" + cookieEnd);
  }
}
