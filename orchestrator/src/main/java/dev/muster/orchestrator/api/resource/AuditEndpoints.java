package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Cursor;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.Listing;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.protocol.view.AuditView;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.security.audit.AuditLog;
import dev.muster.orchestrator.security.audit.Chain;
import dev.muster.orchestrator.security.audit.Entry;
import dev.muster.orchestrator.security.identity.Permission;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looking at the audit log, and whether it still hangs together.
public final class AuditEndpoints {
  private static final String ORDER = "-seq";

  private final AuditLog log;

  public AuditEndpoints(Api api) {
    this.log = api.audit();
  }

  private static AuditView view(Chain.Link link) {
    return new AuditView(link.seq(), entry(link.entry()), link.previous(), link.hash());
  }

  private static JsonNode entry(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException _) {
      // Somebody has changed it: shown as it is, and `verify` says so.
      return Json.mapper().getNodeFactory().textNode(text);
    }
  }

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/audit", this::list).needing(Permission.ADMINISTER),
        get("/api/v1/audit/verify", _ -> Answer.ok(log.verify())).needing(Permission.ADMINISTER));
  }

  /// Newest first.
  private Answer list(Call call) {
    var limit = Listing.limit(call);
    var kind = kind(call.query("kind"));
    var order = kind == null ? ORDER : ORDER + " " + kind;
    var cursor = Cursor.decode(call, order);
    if (cursor != null && !cursor.matches("[0-9]{1,18}")) throw Cursor.invalid();
    var found =
        log.before(cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor), limit + 1, kind);
    var more = found.size() > limit;
    var shown = more ? found.subList(0, limit) : found;
    return Answer.ok(
        new Listing.Page<>(
            shown.stream().map(AuditEndpoints::view).toList(),
            more ? Cursor.encode(call, order, Long.toString(shown.getLast().seq())) : null));
  }

  private static Entry.@Nullable Kind kind(@Nullable String name) {
    if (name == null) return null;
    for (var kind : Entry.Kind.values()) if (kind.name().equalsIgnoreCase(name)) return kind;
    throw ProblemException.of(
        400,
        "invalid-kind",
        "expected kind to be one of "
            + Arrays.stream(Entry.Kind.values()).map(Enum::name).collect(Collectors.joining(", ")));
  }
}
