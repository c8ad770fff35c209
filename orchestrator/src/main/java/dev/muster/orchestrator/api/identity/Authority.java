package dev.muster.orchestrator.api.identity;

import dev.muster.orchestrator.api.exchange.Api;
import dev.muster.orchestrator.api.exchange.Call;
import dev.muster.orchestrator.api.exchange.Endpoint;
import dev.muster.orchestrator.api.exchange.ProblemException;
import dev.muster.orchestrator.engine.approval.ApprovalIds;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.orchestrator.usecase.Approvals;
import dev.muster.orchestrator.usecase.RunLookup;
import dev.muster.protocol.approval.ApprovalCommand;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether a caller may use an endpoint: by its permission, and by the workforce it is kept to.
/// What an endpoint does not say of itself is refused to those who are kept to one.
public final class Authority {
  private final Api api;

  public Authority(Api api) {
    this.api = api;
  }

  public void check(Principal principal, Endpoint endpoint, Map<String, String> parts) {
    var needs = endpoint.needs();
    if (needs == null) return;
    if (!principal.may(needs)) throw Call.refusal(principal, needs, "this");
    if (principal.workforce() != null) checkScope(principal, endpoint, parts);
  }

  private void checkScope(Principal principal, Endpoint endpoint, Map<String, String> parts) {
    var run = parts.get("run");
    var approval = parts.get("approval");
    if (run != null) {
      if (!seesRun(principal, run)) throw RunLookup.unknownRun(run);
    } else if (approval != null) {
      var gate = ApprovalIds.gateOf(approval);
      if (gate == null || !seesGate(principal, gate)) {
        throw Approvals.unknown(approval);
      }
    } else if (!endpoint.scoped()) {
      throw ProblemException.of(
          403,
          "other-workforces",
          "expected a caller for all workforces, found %s, who is for %s only"
              .formatted(principal.name(), principal.workforce()));
    }
  }

  boolean seesGate(Principal principal, String gate) {
    if (principal.workforce() == null) return true;
    return !gate.equals(ApprovalCommand.OUTSIDE) && seesRun(principal, gate);
  }

  /// A run that is named beside the one that the path names.
  ///
  /// @param run null for none
  public void checkOther(Principal principal, @Nullable String run) {
    if (run != null && !seesRun(principal, run)) throw RunLookup.unknownRun(run);
  }

  public boolean seesRun(Principal principal, String run) {
    if (principal.workforce() == null) return true;
    if (!RunLookup.isId(run) || api.views().version(run) == 0) return false;
    var plan = api.views().outline(run);
    return plan != null && principal.sees(plan.workforce());
  }
}
