package dev.muster.orchestrator.api.server;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.operation;
import static dev.muster.orchestrator.readside.view.Journal.planned;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.orchestrator.security.identity.KindPolicy;
import dev.muster.orchestrator.security.identity.KindPolicy.Then;
import dev.muster.orchestrator.security.identity.Role;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalExtended;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalVoted;
import dev.muster.protocol.approval.People.Caller;
import dev.muster.protocol.journal.MusterEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may approve which kind, and that nothing gets around it.
class PoliciesTest {
  private static final String APPROVAL = "/api/v1/approvals/apr_0001_a";

  @TempDir private Path data;
  private TestServer server;

  @BeforeEach
  void open() throws Exception {
    var policy =
        new KindPolicy(
            1,
            List.of("alice"),
            Duration.ofHours(1),
            Then.ESCALATE,
            List.of("carol"),
            Duration.ofHours(4));
    var rules = ApprovalRules.STANDARD.with(Map.of("file_delete", policy));
    server = new TestServer(data, HttpSettings.of("127.0.0.1", 0), rules);
    server.journal.run(server.journal.created(planned("WORKER_001", 1)));
    server.gates.hold(RUN, "apr_0001_a", operation("WORKER_001"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void onlyThoseNamedApproveAndEverybodyWhoDecidesRejects() {
    var bob = server.as("bob", null, Role.APPROVER);
    assertThat(bob.post(APPROVAL + "/approve", "{}").code()).isEqualTo("not-among-approvers");
    assertThat(server.client.post(APPROVAL + "/approve", "{}").code())
        .as("not even the owner")
        .isEqualTo("not-among-approvers");
    var all = "/api/v1/approvals/selection";
    var digest = bob.get(all).json().path("digest").asText();
    var many = bob.post(all + "/approve", "{\"digest\":\"" + digest + "\"}").json();
    assertThat(many.path("decided").asInt()).isZero();
    assertThat(many.path("refusedTotal").asInt()).isEqualTo(1);
    var pass = "{\"kind\":\"file_delete\",\"minutes\":60,\"reason\":\"a long night\"}";
    assertThat(bob.post("/api/v1/runs/" + RUN + "/bypasses", pass).code())
        .isEqualTo("several-must-approve");
    assertThat(bob.get(APPROVAL).json().path("state").asText()).isEqualTo("PENDING");
    assertThat(bob.post(APPROVAL + "/reject", "{\"reason\":\"no\"}").status()).isEqualTo(200);
  }

  @Test
  void aVoiceOfSomebodyWhoMayNoLongerApproveIsReplaced() {
    var users = server.identities.users();
    for (var name : List.of("bob", "carol")) {
      users.add(name, "a long sentence", Set.of(Role.APPROVER), null, "me");
    }
    for (var voter : List.of("bob", "carol", "somebody an issuer knows")) {
      server.journal.write(
          Origin.gate(RUN),
          new ApprovalVoted("apr_0001_a", Caller.of(voter), "", 4, server.journal.now()));
    }
    var escalated = server.journal.now();
    server.journal.write(
        Origin.gate(RUN),
        new ApprovalExtended(
            "apr_0001_a", escalated.plusSeconds(3_600), Caller.ESCALATES, escalated));
    users.disable("carol", true);
    server.as("alice", null, Role.APPROVER).post(APPROVAL + "/approve", "{}");
    assertThat(server.gates.people)
        .as("one, and in place of bob, who is not named, and of carol, who is disabled")
        .isEqualTo(3);
  }

  @Test
  void whoeverIsNamedAndMayNotDecideShows() {
    assertThat(doubts()).as("an issuer may vouch for them").isEmpty();
    server.identities.users().add("carol", "a long sentence", Set.of(Role.OPERATOR), null, "me");
    assertThat(doubts()).containsExactly("carol may not decide: the roles are operator");
  }

  private List<String> doubts() {
    var policy = server.client.get("/api/v1/policies").json().path("items").path(0);
    return policy.path("doubts").valueStream().map(JsonNode::asText).toList();
  }

  @Test
  void itSaysWhomItTakesAndWhoeverItIsEscalatedToMayApprove() {
    var carol = server.as("carol", null, Role.APPROVER);
    var policy = carol.get(APPROVAL + "/policy").json();
    assertThat(policy.path("words").asText()).isEqualTo("alice");
    assertThat(policy.path("mayApprove").asBoolean()).isFalse();
    assertThat(carol.get("/api/v1/policies").json().path("items").path(0).path("then").asText())
        .isEqualTo("ESCALATE");
    assertThat(carol.post(APPROVAL + "/approve", "{}").code()).isEqualTo("not-among-approvers");

    MusterEvent escalated =
        new ApprovalExtended(
            "apr_0001_a",
            server.journal.now().plusSeconds(3_600),
            Caller.ESCALATES,
            server.journal.now());
    server.journal.write(Origin.gate(RUN), escalated);
    assertThat(carol.get(APPROVAL).json().path("escalatedAt").isNull()).isFalse();
    assertThat(carol.get(APPROVAL + "/policy").json().path("mayApprove").asBoolean()).isTrue();
    assertThat(carol.post(APPROVAL + "/approve", "{}").status()).isEqualTo(200);
  }
}
