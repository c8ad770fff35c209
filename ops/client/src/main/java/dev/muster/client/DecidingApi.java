package dev.muster.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.protocol.view.Approval;
import dev.muster.protocol.view.ApprovalPreview;
import dev.muster.protocol.view.BypassView;
import dev.muster.protocol.view.PolicyView;
import dev.muster.protocol.view.RunView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deciding many at once, more time, asking anew, and what is let pass, as resources of the API.
public final class DecidingApi {
  private final Api api;

  DecidingApi(Api api) {
    this.api = api;
  }

  /// How many, and which kinds; its digest names exactly those.
  ///
  /// @param run null for all
  /// @param filter empty for all
  public JsonNode selection(@Nullable String run, String filter) {
    var query = "?filter=" + Api.segment(filter);
    query += run == null ? "" : "&run=" + Api.segment(run);
    return api.client().get("/approvals/selection" + query);
  }

  /// Exactly those that were counted.
  ///
  /// @param preview what `selection` has answered
  public JsonNode approveCounted(JsonNode preview) {
    var body = object();
    body.set("ids", preview.path("ids"));
    body.set("digest", preview.path("digest"));
    return api.client().post("/approvals/selection/approve", body);
  }

  public Fetched<Approval> extend(String approval, long minutes) {
    var path = "/approvals/" + Api.segment(approval) + "/extend";
    return api.client().post(path, object().put("minutes", minutes), Approval.class);
  }

  /// What an agent has asked.
  ///
  /// @param digest of the question that was seen; empty when none was
  public Fetched<Approval> answer(String run, String worker, String text, String digest) {
    var path = "/runs/" + Api.segment(run) + "/workers/" + Api.segment(worker) + "/answer";
    var body = object().put("answer", text);
    if (!digest.isEmpty()) body.put("digest", digest);
    return api.client().post(path, body, Approval.class);
  }

  /// What the runtime foresees of it.
  public Fetched<ApprovalPreview> preview(String approval) {
    var path = "/approvals/" + Api.segment(approval) + "/preview";
    return api.client().get(path, ApprovalPreview.class);
  }

  /// Its worker tries again.
  public Fetched<RunView> reopen(String approval) {
    var path = "/approvals/" + Api.segment(approval) + "/reopen";
    return api.client().post(path, object(), RunView.class);
  }

  public List<Fetched<BypassView>> bypasses(String run) {
    return listed(api.client().get(bypassesOf(run)));
  }

  public List<Fetched<BypassView>> pass(String run, String kind, long minutes, String reason) {
    var body = object().put("kind", kind).put("minutes", minutes).put("reason", reason);
    return listed(api.client().post(bypassesOf(run), body));
  }

  public void revoke(String run, String kind) {
    api.client().delete(bypassesOf(run) + "/" + Api.segment(kind));
  }

  /// What the settings of the node say of deciding.
  public List<Fetched<PolicyView>> policies() {
    return api.client()
        .get("/policies")
        .path("items")
        .valueStream()
        .map(item -> Fetched.of(item, PolicyView.class))
        .toList();
  }

  /// What they say of this one.
  public PolicyView policyOf(String approval) {
    var path = "/approvals/" + Api.segment(approval) + "/policy";
    return api.client().get(path, PolicyView.class).view();
  }

  /// Lets a browser in, once: the path to open, with a code.
  public String codePath() {
    return api.client().post("/session/codes", object()).path("path").asText();
  }

  private static List<Fetched<BypassView>> listed(JsonNode all) {
    return all.path("items").valueStream().map(item -> Fetched.of(item, BypassView.class)).toList();
  }

  private static String bypassesOf(String run) {
    return "/runs/" + Api.segment(run) + "/bypasses";
  }

  private static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }
}
