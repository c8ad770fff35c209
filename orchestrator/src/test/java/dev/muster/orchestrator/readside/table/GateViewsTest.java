package dev.muster.orchestrator.readside.table;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.operation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.table.Selection.Condition;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalDecided;
import dev.muster.protocol.approval.ApprovalEvent.ApprovalRequested;
import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.view.Approval;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class GateViewsTest {
  private final Vendor vendor;
  private Journal journal;
  private GateViews views;

  GateViewsTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    journal = new Journal(vendor.open(folder));
    views = ReadSide.of(journal.database(), journal::now).gates();
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void whatIsWrittenAfterTheFirstLookIsSeenByTheNext() {
    assertThat(views.of(RUN)).isEmpty();
    ask("run_0001", "apr_1");
    assertThat(views.of(RUN)).extracting(Approval::id).containsExactly("apr_1");
    journal.gate(new ApprovalDecided("apr_1", Decision.REJECTED, "me", "not today", journal.now()));
    var decided = Objects.requireNonNull(views.find(RUN, "apr_1"));
    assertThat(decided.reason()).isEqualTo("not today");
  }

  @Test
  void theNewestRunsComeFirstAndNoGateLooksIntoAnother() {
    ask("run_0001", "apr_1");
    ask("run_00012", "apr_2");
    ask("runX0001", "apr_3");
    assertThat(views.of(RUN)).extracting(Approval::id).containsExactly("apr_1");
    var pending = List.of(Condition.fixed("state", "PENDING"));
    assertThat(views.page(new Selection(pending, "requested_at", false, null, 10)).items())
        .extracting(it -> it.item().id())
        .containsExactlyInAnyOrder("apr_1", "apr_2", "apr_3");
  }

  private void ask(String gate, String approval) {
    journal.write(
        Origin.gate(gate),
        new ApprovalRequested(
            approval,
            operation("WORKER_001"),
            false,
            journal.now().plusSeconds(60),
            journal.now()));
  }
}
