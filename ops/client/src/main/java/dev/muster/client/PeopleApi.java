package dev.muster.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.protocol.view.AuditView;
import dev.muster.protocol.view.SecretView;
import dev.muster.protocol.view.TokenView;
import dev.muster.protocol.view.UserView;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Users, tokens and logging in, as resources of the API.
public final class PeopleApi {
  private static final String PAGE = "?limit=200";

  private final Api api;

  PeopleApi(Api api) {
    this.api = api;
  }

  public Stream<Fetched<UserView>> users() {
    return api.client().list("/users" + PAGE, UserView.class);
  }

  public void addUser(
      String name, String password, List<String> roles, @Nullable String workforce) {
    var body = Json.MAPPER.createObjectNode().put("name", name).put("password", password);
    roles.forEach(body.putArray("roles")::add);
    if (workforce != null) body.put("workforce", workforce);
    var _ = api.client().postOnce("/users", body);
  }

  /// @param action disable or enable
  public UserView change(String name, String action) {
    var path = "/users/" + Api.segment(name) + "/" + action;
    return api.client().post(path, Json.MAPPER.createObjectNode(), UserView.class).view();
  }

  public void password(String name, String password) {
    api.client()
        .post(
            "/users/" + Api.segment(name) + "/password",
            Json.MAPPER.createObjectNode().put("password", password));
  }

  public Stream<Fetched<TokenView>> tokens() {
    return api.client().list("/tokens" + PAGE, TokenView.class);
  }

  public JsonNode createToken(
      String name, List<String> roles, @Nullable String workforce, int days) {
    var body = Json.MAPPER.createObjectNode().put("name", name).put("days", days);
    roles.forEach(body.putArray("roles")::add);
    if (workforce != null) body.put("workforce", workforce);
    return api.client().postOnce("/tokens", body);
  }

  public void revoke(String id) {
    api.client().delete("/tokens/" + Api.segment(id));
  }

  /// The answer of OAuth 2 to a user and their password.
  public JsonNode login(String user, String password) {
    return api.client()
        .form(
            "/token",
            "grant_type=password&username="
                + Api.segment(user)
                + "&password="
                + Api.segment(password));
  }

  /// The newest, newest first.
  ///
  /// @param kind null for all
  /// @param filter as the API takes it; null for all
  public Stream<Fetched<AuditView>> audit(
      int count, @Nullable String kind, @Nullable String filter) {
    var path = "/audit?limit=" + Math.min(count, 200) + Api.filter(filter);
    if (kind != null) path += "&kind=" + Api.segment(kind);
    return api.client().list(path, AuditView.class).limit(count);
  }

  public JsonNode auditVerdict() {
    return api.client().get("/audit/verify");
  }

  public Stream<Fetched<SecretView>> secrets() {
    return api.client().list("/secrets" + PAGE, SecretView.class);
  }

  public void setSecret(String name, String value) {
    api.client()
        .post("/secrets", Json.MAPPER.createObjectNode().put("name", name).put("value", value));
  }

  public void deleteSecret(String name) {
    api.client().delete("/secrets/" + Api.segment(name));
  }

  /// Who the server takes us for.
  public String me() {
    return api.client().get("/me").path("name").asText();
  }
}
