package dev.muster.orchestrator.api.resource;

import static dev.muster.orchestrator.api.exchange.Endpoint.get;

import dev.muster.orchestrator.api.exchange.Answer;
import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.orchestrator.security.identity.Identities;
import dev.muster.orchestrator.usecase.Approvals;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.protocol.view.PolicyView;
import java.util.List;

/// What the settings say about deciding. They are changed in the settings alone.
public final class PolicyEndpoints {
  private final ApprovalRules rules;
  private final Approvals approvals;
  private final Identities identities;

  public PolicyEndpoints(Api api, RunLookup lookup) {
    this.rules = api.rules();
    this.identities = api.identities();
    this.approvals =
        new Approvals(api.approvals(), api.gates(), rules, api.identities(), lookup, api.clock());
  }

  public List<Endpoint> all() {
    return List.of(
        get("/api/v1/policies", this::list), get("/api/v1/approvals/{approval}/policy", this::one));
  }

  private Answer list(Call call) {
    var approvers = identities.approvers();
    return Answer.ok(
        new Listed(
            rules.named().entrySet().stream()
                .map(it -> it.getValue().view(it.getKey(), call.principal(), false, approvers))
                .toList()));
  }

  record Listed(List<PolicyView> items) {}

  private Answer one(Call call) {
    var approval = approvals.find(call.part("approval"));
    var escalated = approval.escalatedAt() != null;
    return Answer.ok(
        approvals
            .policyOf(approval)
            .view(approval.kind(), call.principal(), escalated, identities.approvers()));
  }
}
