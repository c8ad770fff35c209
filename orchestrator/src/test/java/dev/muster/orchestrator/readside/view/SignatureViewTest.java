package dev.muster.orchestrator.readside.view;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.T0;
import static dev.muster.orchestrator.readside.view.Journal.step;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.tail.JournalRow;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.protocol.journal.MusterEvent;
import dev.muster.protocol.proof.LoneSeals;
import dev.muster.protocol.proof.Seal;
import dev.muster.protocol.worker.Attestation;
import dev.muster.protocol.worker.Receipt;
import dev.muster.protocol.worker.WorkerEvent.AttemptFailed;
import dev.muster.protocol.worker.WorkerEvent.Completed;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureViewTest {
  private static final String ID = "WORKER_001";
  private static final LoneSeals SEALS = new LoneSeals("worker-1");
  private static final Receipt UNSIGNED = Journal.receipt(null, step("test 1", 0));
  private static final Receipt SIGNED = Attestation.attest(SEALS, RUN, ID, 2, UNSIGNED, T0);

  private static SignatureView of(String worker, MusterEvent... events) {
    var origin = Origin.worker(RUN, worker);
    var rows = List.of(events).stream().map(it -> new JournalRow(1, origin, 1, T0, it)).toList();
    return requireNonNull(WorkerHistory.of(rows).receipt()).signature();
  }

  private static void doesNotFit(SignatureView found) {
    assertThat(found.holds()).isFalse();
    assertThat(found.words()).startsWith("signed by worker-1 (key ").endsWith("), DOES NOT FIT");
  }

  @Test
  void aReceiptSaysWhoSignedItAndThatItHolds() {
    var found = of(ID, new Completed(2, SIGNED, T0));
    var key = requireNonNull(SIGNED.attested()).seal().fingerprint();
    assertThat(found)
        .isEqualTo(
            new SignatureView(
                "signed by worker-1 (key " + key.substring(0, 16) + "…), holds",
                "worker-1",
                key,
                T0,
                true));
  }

  @Test
  void aReceiptThatWasChangedInTheJournalDoesNotFit() {
    var changed = Journal.receipt(null, step("test 2", 0)).with(SIGNED.attested());
    doesNotFit(of(ID, new Completed(2, changed, T0)));
  }

  @Test
  void aReceiptOfAnotherWorkerOrAttemptDoesNotFit() {
    doesNotFit(of("WORKER_002", new Completed(2, SIGNED, T0)));
    doesNotFit(of(ID, new Completed(3, SIGNED, T0)));
  }

  @Test
  void whatIsNoKeyAtAllDoesNotFitEither() {
    var junk = new Seal("worker-1", "no key!", List.of(), "no signature!");
    var forged = UNSIGNED.with(new Attestation(RUN, ID, 2, T0, junk));
    doesNotFit(of(ID, new Completed(2, forged, T0)));
  }

  @Test
  void aReceiptOfBeforeIsUnsigned() {
    assertThat(of(ID, new Completed(2, UNSIGNED, T0)))
        .isEqualTo(
            new SignatureView(
                "unsigned (from before receipts were signed)", null, null, null, null));
  }

  /// The verdict that counts is the latest.
  @Test
  void theLatestReceiptIsTheOneThatIsLookedAt() {
    var found =
        of(ID, new Completed(2, SIGNED, T0), new AttemptFailed(3, "exit 1", UNSIGNED, T0, T0));
    assertThat(found.holds()).isNull();
    assertThat(of(ID, new AttemptFailed(2, "exit 1", SIGNED, T0, T0)).holds()).isTrue();
  }
}
