package dev.muster.orchestrator.app;

import dev.muster.orchestrator.engine.approval.Proof;
import dev.muster.orchestrator.security.identity.Identities;
import dev.muster.orchestrator.security.identity.Permission;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.protocol.approval.Mandate;
import dev.muster.protocol.approval.Mandated;
import dev.muster.protocol.proof.Fresh;
import dev.muster.protocol.proof.Office;
import dev.muster.protocol.proof.Seals;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Believes a decision when an orchestrator has just vouched for exactly it, and whoever it names
/// may still decide.
///
/// @param violation is told of every other, in words
/// @param blocking where the database is asked
public record Mandates(
    Seals seals,
    Identities identities,
    Violations violation,
    Executor blocking,
    InstantSource clock)
    implements Proof {
  @Override
  public CompletionStage<@Nullable String> refusal(String gate, Mandated decide) {
    var mandate = decide.mandate();
    var no = broken(gate, decide, mandate);
    if (no != null || mandate == null) return done(decide, String.valueOf(no));
    return CompletableFuture.supplyAsync(() -> standing(decide, mandate), blocking)
        .thenCompose(
            late -> late == null ? CompletableFuture.completedFuture(null) : done(decide, late));
  }

  private CompletionStage<@Nullable String> done(Mandated decide, String why) {
    violation.of(decide.by().name(), "gate " + decide.approval(), why);
    return CompletableFuture.completedFuture(why);
  }

  private @Nullable String broken(String gate, Mandated decide, @Nullable Mandate mandate) {
    if (mandate == null || decide.digest() == null) return "nobody vouches for it";
    var said =
        new Mandate.Said(
            gate,
            decide.approval(),
            decide.digest(),
            decide.decision(),
            decide.by(),
            decide.people(),
            decide.reason(),
            mandate.kind(),
            mandate.credential(),
            mandate.at());
    var no = seals.refusal(Mandate.PURPOSE, said, mandate.seal(), Office.ORCHESTRATOR);
    return no == null ? Fresh.refusal(mandate.at(), clock.instant()) : no;
  }

  /// Since the API looked they may have been disabled or revoked.
  private @Nullable String standing(Mandated decide, Mandate mandate) {
    var by = decide.by();
    var now =
        identities.again(
            Principal.Kind.valueOf(mandate.kind()), by.name(), by.person(), mandate.credential());
    if (now == null) return by.name() + " is nobody who is known here any more";
    return now.may(Permission.DECIDE) ? null : by.name() + " may not decide";
  }
}
