package dev.muster.orchestrator.api.identity;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;
import static dev.muster.orchestrator.api.exchange.Endpoint.post;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Body;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.Listing;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.security.identity.Passwords;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.security.identity.Role;
import dev.muster.orchestrator.security.identity.User;
import dev.muster.orchestrator.security.identity.Users;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.protocol.view.UserView;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// People with passwords.
public final class UserEndpoints {
  private static final int PASSWORD_CHARS_MAX = 1_000;
  private static final int USERS_MAX = 10_000;

  private final Users users;
  private final Listing<UserView> listing =
      new Listing<>(UserView::name)
          .field("name", UserView::name)
          .words(UserView::name)
          .sortedBy("name");

  public UserEndpoints(Api api) {
    this.users = api.identities().users();
  }

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/users", this::list).needing(Permission.ADMINISTER),
        post("/api/v1/users", this::add).needing(Permission.ADMINISTER),
        post("/api/v1/users/{user}/disable", call -> disable(call, true))
            .needing(Permission.ADMINISTER),
        post("/api/v1/users/{user}/enable", call -> disable(call, false))
            .needing(Permission.ADMINISTER),
        post("/api/v1/users/{user}/password", this::password).needing(Permission.ADMINISTER));
  }

  private Answer list(Call call) {
    return Answer.ok(listing.page(users.all().stream().map(User::view).toList(), call));
  }

  private Answer add(Call call) {
    var body = call.json();
    var name = body.required("name", 63);
    if (!name.isEmpty() && !Users.isName(name)) {
      body.error(
          "name",
          "expected a small letter, then small letters, digits, dots, dashes, and no"
              + " name that Muster acts under itself");
    }
    var password = password(body);
    var roles = roles(body);
    var workforce = body.text("workforce", 255);
    body.check();
    if (users.all().size() >= USERS_MAX) {
      throw ProblemException.of(409, "too-many-users", "expected at most " + USERS_MAX + " users");
    }
    if (!users.add(name, password, roles, workforce, call.principal().name())) {
      throw ProblemException.of(409, "user-exists", "there is a user " + name + " already");
    }
    return Answer.json(201, existing(name).view());
  }

  private Answer disable(Call call, boolean disabled) {
    var name = call.part("user");
    users.disable(name, disabled);
    return Answer.ok(existing(name).view());
  }

  private Answer password(Call call) {
    var body = call.json();
    var password = password(body);
    body.check();
    var name = existing(call.part("user")).name();
    users.password(name, password);
    return Answer.ok(existing(name).view());
  }

  private static String password(Body body) {
    var password = body.required("password", PASSWORD_CHARS_MAX);
    var no = password.isEmpty() ? null : Passwords.refusal(password);
    if (no != null) body.error("password", "expected " + no);
    return password;
  }

  /// At least one.
  static Set<Role> roles(Body body) {
    var roles = EnumSet.noneOf(Role.class);
    var words = body.texts("roles", 20);
    for (var word : words) {
      var role = Role.of(word);
      if (role == null) body.error("roles", "expected roles of " + Role.words());
      else roles.add(role);
    }
    if (words.isEmpty()) body.error("roles", "expected at least one of " + Role.words());
    return roles;
  }

  private User existing(String name) {
    var found = users.find(name);
    if (found == null) {
      throw ProblemException.of(
          404,
          "unknown-user",
          "no user is called " + RunLookup.shown(name) + "; GET /api/v1/users");
    }
    return found;
  }
}
