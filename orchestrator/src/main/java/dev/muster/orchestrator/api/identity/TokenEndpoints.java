package dev.muster.orchestrator.api.identity;

import static dev.muster.orchestrator.api.exchange.Endpoint.delete;
import static dev.muster.orchestrator.api.exchange.Endpoint.get;
import static dev.muster.orchestrator.api.exchange.Endpoint.post;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.Listing;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.security.identity.ApiToken;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.orchestrator.security.identity.Tokens;
import dev.muster.protocol.view.TokenView;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tokens for programs. Everybody with a password makes and revokes their own, an administrator
/// sees and revokes all.
public final class TokenEndpoints {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final int EACH_MAX = 1_000;
  private static final int DAYS_STANDARD = 30;

  private final Tokens tokens;
  private final Listing<TokenView> listing =
      new Listing<>(TokenView::id)
          .field("id", TokenView::id)
          .field("name", TokenView::name)
          .field("person", TokenView::person)
          .time("createdAt", TokenView::createdAt)
          .words(it -> it.id() + " " + it.name() + " " + it.person())
          .sortedBy("createdAt");

  public TokenEndpoints(Api api) {
    this.tokens = api.identities().tokens();
  }

  /// @param token shown this once
  record Made(String token, TokenView row) {}

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/tokens", this::list).alsoScoped(),
        post("/api/v1/tokens", this::create).needing(Permission.READ).alsoScoped(),
        delete("/api/v1/tokens/{token}", this::revoke).needing(Permission.READ).alsoScoped());
  }

  private Answer list(Call call) {
    return Answer.ok(
        listing.page(tokens.all(whose(call)).stream().map(ApiToken::view).toList(), call));
  }

  /// Null for everybody's.
  private static @Nullable String whose(Call call) {
    var principal = call.principal();
    var seesAll = principal.may(Permission.ADMINISTER) && principal.workforce() == null;
    return seesAll ? null : principal.person();
  }

  private Answer create(Call call) {
    var principal = call.principal();
    if (principal.kind() != Principal.Kind.OWNER && principal.kind() != Principal.Kind.USER) {
      throw ProblemException.of(
          403, "not-permitted", "expected the owner or a user: a token makes no tokens");
    }
    var body = call.json();
    var name = body.required("name", 63);
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      body.error("name", "expected letters, digits, dots and dashes, at most 63");
    }
    var roles = UserEndpoints.roles(body);
    var workforce = body.text("workforce", 255);
    var days = body.number("days", DAYS_STANDARD, 1, (int) Tokens.LIFE_MAX.toDays());
    body.check();
    var narrowed = principal.narrowed("token:" + name, roles, workforce);
    if (!narrowed.roles().containsAll(roles)) {
      throw ProblemException.of(
          403, "not-permitted", "expected roles that %s has".formatted(principal.name()));
    }
    if (tokens.all(principal.person()).size() >= EACH_MAX) {
      throw ProblemException.of(
          409, "too-many-tokens", "expected at most " + EACH_MAX + " tokens of one person");
    }
    var made = tokens.create(principal, name, roles, narrowed.workforce(), Duration.ofDays(days));
    return Answer.json(201, new Made(made.token(), made.row().view()));
  }

  private Answer revoke(Call call) {
    var id = call.part("token");
    var found = tokens.find(id);
    var whose = whose(call);
    if (found == null || (whose != null && !found.person().equals(whose))) {
      throw ProblemException.of(
          404, "unknown-token", "no token has that id; GET /api/v1/tokens lists them");
    }
    tokens.revoke(id);
    var now = tokens.find(id);
    return Answer.ok((now == null ? found : now).view());
  }
}
