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
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.security.audit.AuditLog;
import dev.muster.orchestrator.security.audit.Chain;
import dev.muster.orchestrator.security.audit.Entry;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.protocol.view.AuditView;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looking at the audit log, and whether it still hangs together.
public final class AuditEndpoints {
  private static final String ORDER = "-seq";

  /// An entry is short: these are looked at in a fraction of a second.
  private static final int LOOKED_AT_MAX = 20_000;

  private static final int READ_AT_ONCE = 1_000;

  private static final Listing<AuditView> LISTING =
      new Listing<AuditView>(it -> Long.toString(it.seq()))
          .number("seq", AuditView::seq)
          .time("at", AuditEndpoints::at)
          .choice("kind", Entry.Kind.class, it -> text(it, "kind"))
          .field("who", it -> text(it, "who"))
          .field("person", it -> text(it, "person"))
          .field("peer", it -> text(it, "peer"))
          .field("action", it -> text(it, "action"))
          .field("outcome", it -> text(it, "outcome"))
          .field("requestId", it -> text(it, "requestId"))
          .words(it -> it.entry().toString());

  private final AuditLog log;

  public AuditEndpoints(Api api) {
    this.log = api.audit();
  }

  private static AuditView view(Chain.Link link) {
    return new AuditView(link.seq(), entry(link.entry()), link.previous(), link.hash());
  }

  private static @Nullable String text(AuditView it, String field) {
    return it.entry().path(field).textValue();
  }

  /// Null where somebody has changed it.
  private static @Nullable Instant at(AuditView it) {
    try {
      return Instant.parse(it.entry().path("at").asText());
    } catch (DateTimeParseException _) {
      return null;
    }
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

  /// Newest first. Where a filter fits few, a page ends with what was looked at, and goes on there.
  private Answer list(Call call) {
    var limit = Listing.limit(call);
    var kind = kind(call.query("kind"));
    var order = kind == null ? ORDER : ORDER + " " + kind;
    var cursor = Cursor.decode(call, order);
    if (cursor != null && !cursor.matches("[0-9]{1,18}")) throw Cursor.invalid();
    var matching = LISTING.matching(call);
    var count = call.query("filter") == null ? limit : READ_AT_ONCE;
    var before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
    var found = new ArrayList<AuditView>();
    var looked = 0;
    var more = true;
    while (more && looked < LOOKED_AT_MAX && found.size() < limit) {
      var read = log.before(before, count + 1, kind);
      more = read.size() > count;
      for (var link : more ? read.subList(0, count) : read) {
        if (found.size() == limit) {
          more = true;
          break;
        }
        looked++;
        before = link.seq();
        var view = view(link);
        if (matching.test(view)) found.add(view);
      }
    }
    var last = Long.toString(before);
    return Answer.ok(new Listing.Page<>(found, more ? Cursor.encode(call, order, last) : null));
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
