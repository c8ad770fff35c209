package dev.muster.orchestrator.readside.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.orchestrator.security.identity.KindPolicy;
import dev.muster.orchestrator.security.identity.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the settings say about deciding a kind of operation, as people and programs see it.
///
/// @param name a kind, a risk in small letters, or `any`
/// @param expirySeconds null for as long as its run waits for anything
/// @param mayApprove whether it names who asks, or nobody
/// @param words who must approve it; empty for anybody who may decide
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PolicyView(
    String name,
    int people,
    List<String> by,
    @Nullable Double expirySeconds,
    KindPolicy.Then then,
    List<String> escalateTo,
    double escalateForSeconds,
    boolean mayApprove,
    String words) {
  public static PolicyView of(String name, KindPolicy policy, Principal caller, boolean escalated) {
    var expiry = policy.expiry();
    var then = policy.then();
    return new PolicyView(
        name,
        policy.people(),
        policy.by(),
        expiry == null ? null : Seconds.of(expiry),
        then == null ? KindPolicy.Then.EXPIRE : then,
        policy.escalateTo(),
        Seconds.of(policy.escalateFor()),
        policy.lets(caller, escalated),
        policy.words());
  }
}
