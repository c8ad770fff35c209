package dev.muster.orchestrator.api.exchange;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.orchestrator.security.identity.Role;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/// One request, read whole.
///
/// @param by who makes it; null where anybody may
/// @param peer where it comes from: an address, or on loopback a user of this machine
/// @param parts what the path's placeholders stand for
/// @param headers names in lower case
public record Call(
    String requestId,
    @Nullable Principal by,
    String peer,
    String method,
    String path,
    Map<String, String> parts,
    Map<String, String> query,
    Map<String, String> headers,
    ByteString body) {
  /// Among the parts: when its `Idempotency-Key` was used first. No path has a blank.
  public static final String FIRST_USE = " first-use";

  /// What the parser adds about its own classes and switches.
  private static final Pattern OWN_WORDS = Pattern.compile(" \\((start marker at|bound as) .*");

  private static final ObjectReader STRICT =
      Json.mapper().reader().with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  public Call {
    parts = Map.copyOf(parts);
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /// Who makes it.
  public Principal principal() {
    if (by == null) throw new IllegalStateException("the route is open to anybody");
    return by;
  }

  /// For what only some of the requests of an endpoint need.
  public void need(Permission permission, String why) {
    if (!principal().may(permission)) throw refusal(principal(), permission, why);
  }

  public String part(String name) {
    var value = parts.get(name);
    if (value == null) throw new IllegalStateException("the route has no {" + name + "}");
    return value;
  }

  public @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  public @Nullable String query(String name) {
    return query.get(name);
  }

  /// The body as a JSON object; an empty body is an empty object.
  public Body json() {
    if (body.isEmpty()) return new Body(Json.mapper().createObjectNode());
    try {
      JsonNode read = STRICT.readTree(body.toArrayUnsafe());
      if (read instanceof ObjectNode object) return new Body(object);
      throw malformed("expected a JSON object, found " + read.getNodeType());
    } catch (JsonProcessingException e) {
      var words = OWN_WORDS.matcher(e.getOriginalMessage()).replaceAll("");
      throw malformed(words + where(e.getLocation()));
    } catch (IOException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static String where(@Nullable JsonLocation at) {
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private static ProblemException malformed(String detail) {
    return ProblemException.of(400, "malformed-json", detail);
  }

  public static ProblemException refusal(Principal principal, Permission needs, String what) {
    var roles =
        Arrays.stream(Role.values())
            .filter(role -> role.allows(needs))
            .map(Role::word)
            .collect(Collectors.joining(" or "));
    return ProblemException.of(
        403,
        "not-permitted",
        "expected the role %s for %s, but %s has %s"
            .formatted(roles, what, principal.name(), Role.format(principal.roles())));
  }
}
