package dev.muster.cli.verb;

import static dev.muster.cli.stub.Samples.approval;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecideTest {
  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() {
    bench = new CliBench(folder);
    bench.node.approval(approval("apr_1")).approval(approval("apr_2"));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void everythingCanBeApprovedWhileNoNodeRuns() throws Exception {
    Files.createDirectory(bench.data());

    assertThat(bench.muster("approve", "--all", "--yes")).isZero();

    assertThat(bench.out()).contains("apr_1 APPROVED").contains("apr_2 APPROVED");
    assertThat(bench.err()).contains("carry on with: muster resume");
    assertThat(bench.hosted.getFirst().control()).isTrue();
    assertThat(bench.hosted.getFirst().port()).isZero();
    assertThat(bench.stopped).isEqualTo(1);
  }

  @Test
  void aControlOnlyNodeIsNotAnnounced() throws Exception {
    Files.createDirectory(bench.data());
    bench.node.onDecision(() -> assertThat(bench.data().resolve("node.json")).doesNotExist());
    assertThat(bench.muster("approve", "apr_1", "--yes")).isZero();
  }

  @Test
  void withoutATerminalNobodyApprovesByAccident() {
    bench.nodeRuns();
    assertThat(bench.muster("approve", "apr_1")).isEqualTo(2);
    assertThat(bench.err()).contains("--yes, or --digest SHA");
    assertThat(bench.node.posts).isEmpty();
  }

  @Test
  void onATerminalTheConsequenceIsShownBeforeTheQuestion() {
    bench.nodeRuns().types("y\n");
    assertThat(bench.muster("approve", "apr_1")).isZero();
    assertThat(bench.err().indexOf("Publishes the report"))
        .isNotNegative()
        .isLessThan(bench.err().indexOf("Approve?"));
    assertThat(bench.node.posts).containsExactly("/approvals/apr_1/approve");
  }

  @Test
  void oneVoiceOfTwoIsNoApproval() {
    var two = approval("apr_9");
    bench.nodeRuns().node.approval(two);
    bench.node.onDecision(() ->
        two.put("state", "PENDING")
            .putArray("votes")
            .addObject()
            .put("by", "ann")
            .put("reason", "")
            .put("people", 2)
            .put("at", "2026-11-20T10:00:00.000Z"));

    bench.types("y\n");
    assertThat(bench.muster("approve", "apr_9")).isZero();
    assertThat(bench.err())
        .contains("apr_9: 1 of 2 people have approved (ann); it waits for somebody else.")
        .doesNotContain("apr_9 approved");
    assertThat(bench.muster("approve", "apr_9", "--yes")).isZero();
    assertThat(bench.out()).contains("apr_9 PENDING");
    assertThat(bench.err()).contains("PENDING, 1 of 2 people have approved (ann), expires in");
    assertThat(bench.muster("approvals", "list")).isZero();
    assertThat(bench.out()).contains("PENDING, 1 vote");
  }

  @Test
  void anEmptyAnswerOrTheEndOfInputApprovesNothing() {
    bench.nodeRuns().types("\n");
    assertThat(bench.muster("approve", "apr_1")).isZero();
    assertThat(bench.node.posts).isEmpty();
  }

  @Test
  void aDigestOfSomethingElseIsAConflict() {
    bench.nodeRuns();
    assertThat(bench.muster("approve", "apr_1", "--digest", "other")).isEqualTo(5);
    assertThat(bench.muster("approve", "apr_1", "--digest", "d1")).isZero();
  }

  @Test
  void anExpiredApprovalIsSix() {
    bench.nodeRuns().node.approval(approval("apr_3").put("state", "EXPIRED"));
    assertThat(bench.muster("approve", "apr_3", "--yes")).isEqualTo(6);
    assertThat(bench.err()).contains("it is EXPIRED");
  }

  @Test
  void oneThatIsTooLateDoesNotKeepTheOthersFromBeingApproved() {
    bench.nodeRuns().node.approval(approval("apr_0").put("state", "EXPIRED"));
    assertThat(bench.muster("approve", "apr_0", "apr_1", "--yes", "-q")).isEqualTo(6);
    assertThat(bench.out()).isEqualTo("apr_1 APPROVED\n");
    assertThat(bench.err()).isEqualTo("muster: it is EXPIRED\n");
  }

  @Test
  void anApprovalThatIsNotThereIsThreeAndAnAmbiguousOneTwo() {
    bench.nodeRuns();
    assertThat(bench.muster("approve", "nope", "--yes")).isEqualTo(3);
    assertThat(bench.muster("approve", "apr", "--yes")).isEqualTo(2);
    assertThat(bench.err()).contains("apr_1, apr_2");
  }

  @Test
  void aRejectionNeedsAReason() {
    bench.nodeRuns();
    assertThat(bench.muster("reject", "apr_1")).isEqualTo(2);
    assertThat(bench.muster("reject", "apr_1", "--reason", "not on a Friday")).isZero();
    assertThat(bench.node.bodies.getLast().path("reason").asText()).isEqualTo("not on a Friday");
  }

  @Test
  void withoutTheTokenItIsFourAndSaysWhereTheTokenIs() throws Exception {
    Files.delete(bench.nodeRuns().data().resolve("operator.token"));
    assertThat(bench.muster("approve", "apr_1", "--yes")).isEqualTo(4);
    assertThat(bench.err()).contains("operator.token").contains("MUSTER_TOKEN");
  }

  @Test
  void theTokenMayComeFromTheEnvironment() throws Exception {
    Files.delete(bench.nodeRuns().data().resolve("operator.token"));
    bench.environment.put("MUSTER_TOKEN", "stub-token");
    assertThat(bench.muster("approve", "apr_1", "--yes")).isZero();
  }

  @Test
  void whatAnInstructionSaysCannotMoveTheCursor() {
    var hostile = approval("apr_9");
    hostile.put("consequence", "harmless\u001b[2K\rrm -rf /").put("script", "a\u202eb\nc");
    bench.nodeRuns().types("s\n").node.approval(hostile);

    bench.environment.put("NO_COLOR", "1");
    assertThat(bench.muster("approve", "apr_9")).isZero();

    assertThat(bench.err())
        .doesNotContain("\u001b")
        .doesNotContain("\u202e")
        .contains("harmless\\u{1B}[2K\\u{D}rm -rf /")
        .contains("| a\\u{202E}b");
  }

  private static String script(int lines) {
    return "echo line\n".repeat(lines - 1) + "echo last";
  }

  @Test
  void nobodySaysYesToAScriptThatWasNotSeenToItsEnd() {
    bench.nodeRuns().types("q\ny\ns\n");
    bench.node.approval(approval("apr_9").put("script", script(300)));
    assertThat(bench.muster("approve", "apr_9")).isZero();
    assertThat(bench.err()).doesNotContain("echo last").contains("You have not seen all of it");
    assertThat(bench.node.posts).isEmpty();
  }

  @Test
  void aLongScriptIsPagedThroughOrShownInFull() {
    bench.nodeRuns().types("\ny\n");
    bench.node.approval(approval("apr_9").put("script", script(300)));
    assertThat(bench.muster("approve", "apr_9")).isZero();
    assertThat(bench.err()).contains("echo last");
    assertThat(bench.node.posts).containsExactly("/approvals/apr_9/approve");

    bench.types("y\n");
    assertThat(bench.muster("approve", "apr_9", "--full")).isZero();
    assertThat(bench.node.posts).hasSize(2);
  }

  @Test
  void whatOnlyLooksLikeAScriptIsMarked() {
    var odd = approval("apr_9").put("script", "c\u043Epy a b" + " ".repeat(150) + "; rm -rf .");
    bench.nodeRuns().node.approval(odd);
    assertThat(bench.muster("approvals", "show", "apr_9")).isZero();
    assertThat(bench.out())
        .contains("c\\u{43E}py a b ⟨150 blanks⟩ ; rm -rf .")
        .contains("letters that look like others")
        .contains("long runs of blanks");
  }

  @Test
  void whatTheDigestCoversIsShownWithItsTextAndWhatHasChanged() {
    var bound = approval("apr_9");
    var covered = bound.putObject("bound");
    covered.putArray("reads").add("deploy.sh");
    covered.putArray("covers").add("workspace: 1 file, 3 bytes").add("target: 1 file, 5 bytes");
    covered.putArray("changes").add("target: deploy.sh has changed (5 bytes)");
    covered
        .putArray("files")
        .addObject()
        .put("place", "target")
        .put("path", "deploy.sh")
        .put("sha256", "a".repeat(64))
        .put("bytes", 5)
        .put("text", "ls\u202E\n");
    bench.nodeRuns().node.approval(bound);
    assertThat(bench.muster("approvals", "show", "apr_9")).isZero();
    assertThat(bench.out())
        .contains("changed    target: deploy.sh has changed (5 bytes)")
        .contains("reads      deploy.sh")
        .contains("covers     workspace: 1 file, 3 bytes")
        .contains("target: deploy.sh, 5 bytes, aaaaaaaaaaaa")
        .contains("> ls\\u{202E}");
  }

  @Test
  void listsShowWhatWaits() {
    bench.nodeRuns();
    assertThat(bench.muster("approvals", "list")).isZero();
    assertThat(bench.out()).contains("apr_1").contains("in 23 h 59 min");
    assertThat(bench.muster("approvals", "list", "-o", "name")).isZero();
    assertThat(bench.out()).isEqualTo("apr_1\napr_2\n");
    assertThat(bench.muster("approvals", "show", "apr_2")).isZero();
    assertThat(bench.out())
        .contains("may write  ../site")
        .contains("digest     d1")
        .contains("takes      2 of alice, any admin; nobody has approved yet");
    assertThat(bench.err()).contains("muster approve apr_2");
  }
}
