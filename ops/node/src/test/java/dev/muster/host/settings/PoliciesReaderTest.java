package dev.muster.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.security.identity.ApprovalRules;
import dev.muster.orchestrator.security.identity.KindPolicy.Then;
import dev.muster.protocol.instruction.Risk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesReaderTest {
  @TempDir Path folder;

  private ApprovalRules read(String user) throws IOException {
    return new UserFile(folder, Map.of()).read(user).http().rules();
  }

  private List<String> problems(String user) throws IOException {
    return new UserFile(folder, Map.of()).problems(user);
  }

  @Test
  void whatTheKindLeavesOpenIsAsTheRiskHasItThenAsAnyHasIt() throws IOException {
    var rules =
        read(
            """
            approvals.required = "write=3"
            approvals.policies {
              any { expiry = 2h, then = hold }
              admin { approvers = 2, by = [alice, bob, "role:admin"] }
              production_deploy {
                expiry = 30m, then = escalate, escalate-to = [carol], escalate-for = 4h
              }
            }
            """);
    var deploy = rules.policyFor("production_deploy", Risk.ADMIN);
    assertThat(deploy.people()).isEqualTo(2);
    assertThat(deploy.by()).containsExactly("alice", "bob", "role:admin");
    assertThat(deploy.expiry()).isEqualTo(Duration.ofMinutes(30));
    assertThat(deploy.then()).isEqualTo(Then.ESCALATE);
    assertThat(deploy.escalateFor()).isEqualTo(Duration.ofHours(4));
    var other = rules.policyFor("file_write", Risk.WRITE);
    assertThat(other.people()).isEqualTo(3);
    assertThat(other.expiry()).isEqualTo(Duration.ofHours(2));
    assertThat(other.then()).isEqualTo(Then.HOLD);
    assertThat(other.by()).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceWithItsLine() throws IOException {
    var problems =
        problems(
            """
            approvals.policies {
              file_delete { approvers = 3, by = [alice, bob] }
              publish { then = escalate }
              network { then = forget, expiry = 8d }
              read { aprovers = 2 }
              write { by = ["role:king", "a b"], escalate-for = 1h }
            }
            """);
    assertThat(String.join("\n", problems))
        .contains("user.conf:2: approvals.policies.file_delete.by: expected at least as many")
        .contains("approvals.policies.publish.escalate-to: expected whom it is escalated to")
        .contains("approvals.policies.network.then: expected expire, hold or escalate")
        .contains("approvals.policies.network.expiry: expected a duration up to")
        .contains("there is no setting `approvals.policies.read.aprovers`; there is approvers")
        .contains("found role:king")
        .contains("found a b")
        .contains("approvals.policies.write.then: expected escalate");
  }

  @Test
  void aFolderThatCameFromElsewhereSaysNothingOfWhoApproves() throws IOException {
    Files.writeString(
        folder.resolve("muster.conf"), "approvals.policies.any { by = [mallory], expiry = 1s }");
    assertThat(String.join("\n", problems("")))
        .contains("a folder's own file may not set `approvals.policies`");
  }
}
