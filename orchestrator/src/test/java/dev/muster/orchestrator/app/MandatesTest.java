package dev.muster.orchestrator.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Database;
import dev.muster.orchestrator.journal.storage.DatabaseSettings;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.orchestrator.security.audit.AuditLog;
import dev.muster.orchestrator.security.audit.Chain;
import dev.muster.orchestrator.security.identity.Identities;
import dev.muster.orchestrator.security.identity.Known;
import dev.muster.orchestrator.security.identity.Principal;
import dev.muster.orchestrator.security.identity.Role;
import dev.muster.protocol.approval.ApprovalCommand.Decide;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.approval.Mandate;
import dev.muster.protocol.approval.People;
import dev.muster.protocol.proof.LoneSeals;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MandatesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final ActorTestKit ACTORS = ActorTestKit.create();
  private static final ActorRef<StatusReply<dev.muster.protocol.approval.ApprovalView>> NOBODY =
      ACTORS.system().ignoreRef();

  @TempDir private Path folder;
  private Instant now = NOW;
  private final LoneSeals seals = new LoneSeals("node-a");
  private Database database;
  private AuditLog audit;
  private Identities identities;
  private Mandates mandates;

  @BeforeEach
  void open() {
    database = Database.open(DatabaseSettings.embedded(folder), folder);
    audit = AuditLog.open(database.source(), Json::text, () -> now);
    identities = Identities.of(database.source(), Known.NOBODY, 4, () -> now);
    mandates =
        new Mandates(
            seals,
            identities,
            new Violations("node-a", audit, () -> now),
            Runnable::run,
            () -> now);
    identities.users().add("alice", "secret-of-alice", Set.of(Role.APPROVER), null, "operator");
    identities.users().add("bob", "secret-of-bob-1", Set.of(Role.VIEWER), null, "operator");
  }

  @AfterAll
  static void shutDown() {
    ACTORS.shutdownTestKit();
  }

  @AfterEach
  void close() throws Exception {
    audit.close();
    database.close();
  }

  private Decide by(String name, Principal.Kind kind, @Nullable String credential) {
    var by = People.Caller.of(name);
    var said =
        new Mandate.Said(
            "run_1", "apr_1_a", "d1", Decision.APPROVED, by, 1, "ok", kind.name(), credential, now);
    var mandate = new Mandate(kind.name(), credential, now, seals.seal(Mandate.PURPOSE, said));
    return new Decide("apr_1_a", Decision.APPROVED, by, 1, "ok", "d1", mandate, NOBODY);
  }

  private @Nullable String refusal(Decide decide) {
    return mandates.refusal("run_1", decide).toCompletableFuture().join();
  }

  private void refused(UnaryOperator<Decide> change) {
    assertThat(refusal(change.apply(by("alice", Principal.Kind.USER, null)))).isNotNull();
  }

  @Test
  void whoeverMayDecideIsBelieved() {
    assertThat(refusal(by("alice", Principal.Kind.USER, null))).isNull();
    assertThat(refusal(by("operator", Principal.Kind.OWNER, null))).isNull();
  }

  @Test
  void everyPartOfADecisionIsSealed() {
    refused(it -> with(it, "apr_1_b", it.decision(), it.by(), 1, "ok", "d1", it.mandate()));
    refused(it -> with(it, "apr_1_a", Decision.REJECTED, it.by(), 1, "ok", "d1", it.mandate()));
    var other = new People.Caller("alice", "operator");
    refused(it -> with(it, "apr_1_a", it.decision(), other, 1, "ok", "d1", it.mandate()));
    refused(it -> with(it, "apr_1_a", it.decision(), it.by(), 2, "ok", "d1", it.mandate()));
    refused(it -> with(it, "apr_1_a", it.decision(), it.by(), 1, "OK", "d1", it.mandate()));
    refused(it -> with(it, "apr_1_a", it.decision(), it.by(), 1, "ok", "d2", it.mandate()));
    refused(it -> with(it, "apr_1_a", it.decision(), it.by(), 1, "ok", null, it.mandate()));
    refused(it -> with(it, "apr_1_a", it.decision(), it.by(), 1, "ok", "d1", null));
    refused(it -> {
      var was = requireNonNull(it.mandate());
      var owner = new Mandate("OWNER", null, was.at(), was.seal());
      return with(it, "apr_1_a", it.decision(), it.by(), 1, "ok", "d1", owner);
    });
    refused(it -> {
      var was = requireNonNull(it.mandate());
      var later = new Mandate(was.kind(), null, was.at().plusMillis(1), was.seal());
      return with(it, "apr_1_a", it.decision(), it.by(), 1, "ok", "d1", later);
    });
    var elsewhere = mandates.refusal("run_2", by("alice", Principal.Kind.USER, null));
    assertThat(elsewhere.toCompletableFuture().join()).isNotNull();
  }

  @Test
  void anOldDecisionIsRefused() {
    var decide = by("alice", Principal.Kind.USER, null);
    now = now.plusSeconds(61);
    assertThat(refusal(decide)).contains("it was not said within 60 s of now");
  }

  @Test
  void whoMayNotDecideAnyMoreIsRefused() {
    assertThat(refusal(by("bob", Principal.Kind.USER, null))).contains("may not decide");
    assertThat(refusal(by("mallory", Principal.Kind.USER, null))).contains("nobody");
    identities.users().disable("alice", true);
    assertThat(refusal(by("alice", Principal.Kind.USER, null))).contains("nobody");
    assertThat(refusal(by("token:ci", Principal.Kind.TOKEN, "0123456789abcdef")))
        .contains("nobody");
  }

  @Test
  void theAuditLogSaysWhatWasRefused() {
    refusal(by("mallory", Principal.Kind.USER, null));
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(audit.before(Long.MAX_VALUE, 10))
                .extracting(Chain.Link::entry)
                .anyMatch(it -> it.contains("VIOLATION") && it.contains("apr_1_a")));
  }

  @Test
  void onlyTheOwnerIsTheOwner() {
    assertThat(refusal(by("alice", Principal.Kind.OWNER, null))).contains("nobody");
  }

  @Test
  void whatIsSaidAgainAndAgainFillsNoAuditLog() throws Exception {
    for (var times = 0; times < 100; times++) {
      var decide = by("alice", Principal.Kind.USER, null);
      now = now.plusSeconds(61);
      refusal(decide);
      now = now.minusSeconds(61).plusMillis(1);
    }
    audit.close();
    assertThat(audit.before(Long.MAX_VALUE, 200)).hasSize(1);
  }

  private static Decide with(
      Decide it,
      String approval,
      Decision decision,
      People.Caller by,
      int people,
      String reason,
      @Nullable String digest,
      @Nullable Mandate mandate) {
    return new Decide(approval, decision, by, people, reason, digest, mandate, it.replyTo());
  }
}
