package dev.muster.orchestrator.api.stream;

import static dev.muster.orchestrator.readside.view.Journal.RUN;
import static dev.muster.orchestrator.readside.view.Journal.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.Vendor;
import dev.muster.orchestrator.journal.tail.JournalMark;
import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.journal.tail.Origin;
import dev.muster.orchestrator.readside.view.Journal;
import dev.muster.protocol.run.RunEvent.RunContinued;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {
  private Journal journal;
  private JournalReader reader;
  private Feed feed;

  @BeforeEach
  void open(@TempDir Path folder) {
    journal = new Journal(Vendor.H2.open(folder));
    reader = new JournalReader(journal.database());
    var mark = new JournalMark(journal.database());
    feed = new Feed(mark::current, reader);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private long write(int events) {
    for (var i = 0; i < events; i++) {
      journal.write(Origin.run(RUN), new RunContinued("node-a", T0));
    }
    return feed.end();
  }

  private void assertTold(long after, long until, int limit) {
    assertThat(feed.rows(after, until, limit))
        .extracting(it -> it.row().seq())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(after + 1, Math.min(until, after + limit)).boxed().toList());
  }

  @Test
  void everyoneIsToldTheSameWhereverTheyAre() {
    write(10);
    var end = write(30);
    assertThat(end).isEqualTo(40);
    assertTold(0, end, 1_000);
    assertTold(10, end, 1_000);
    assertTold(25, end, 1_000);
    assertTold(25, end, 5);
    assertTold(40, end, 1_000);
  }

  @Test
  void whoIsFurtherBehindThanWhatIsKeptReadsByThemselves() {
    write(5);
    write(1_500);
    var end = write(1_500);
    assertTold(4, end, 1_000);
    assertTold(900, end, 1_000);
    assertTold(2_900, end, 1_000);
    end = write(2_500);
    assertTold(3_005, end, 1_000);
    assertTold(100, end, 1_000); // no longer kept
    assertTold(end - 3, end, 1_000);
  }

  @Test
  void anEventOfANewerVersionKeepsNobodyFromTheOthers() {
    write(1);
    journal.write(Origin.run("run_newer"), new RunContinued("node-a", T0));
    journal.execute(
        "UPDATE \"event_journal\" SET \"event_ser_manifest\" = 'FromTheFuture'"
            + " WHERE \"ordering\" = 2");
    var end = write(3);
    assertTold(1, end, 1_000);
    assertTold(0, end, 1_000);
  }
}
