package dev.muster.node.executor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.StepResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.jackson.JacksonObjectMapperProvider;
import org.junit.jupiter.api.Test;

class TellingTest {
  private static final StepResult ONE =
      new StepResult("block 1", 0, Duration.ofSeconds(1), "a".repeat(64), 0, null);
  private static final StepResult TWO =
      new StepResult("block 2", 0, Duration.ofSeconds(1), "b".repeat(64), 0, null);

  /// What a worker on a node of an earlier version knows of blocks and tests.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Older.StepDone.class, name = "step-done"),
    @JsonSubTypes.Type(value = Older.Validating.class, name = "validating")
  })
  private sealed interface Older {
    record StepDone(StepResult result) implements Older {}

    record Validating() implements Older {}
  }

  private static List<AttemptReport> told() {
    var told = new ArrayList<AttemptReport>();
    var telling =
        new Telling(
            new Lifeline() {
              @Override
              public void tell(AttemptReport report) {
                told.add(report);
              }

              @Override
              public void persist(AttemptReport report) {
                told.add(report);
              }

              @Override
              public void yieldSlot() {}

              @Override
              public void takeSlot() {}
            });
    telling.done(ONE);
    telling.done(TWO);
    telling.testsBegin();
    telling.testsBegin();
    return told;
  }

  @Test
  void aNodeOfAnEarlierVersionReadsAllOfAReportOrNothing() throws IOException {
    var kit = ActorTestKit.create();
    try {
      var mapper =
          JacksonObjectMapperProvider.get(kit.system())
              .getOrCreate("jackson-cbor", Optional.empty());
      var read = new ArrayList<Older>();
      var unread = new ArrayList<AttemptReport>();
      for (var report : told()) {
        try {
          read.add(older(mapper, report));
        } catch (InvalidTypeIdException _) {
          unread.add(report);
        }
      }
      assertThat(read).containsExactly(new Older.StepDone(ONE), new Older.Validating());
      assertThat(unread).as("told again").containsExactly(new AttemptReport.ValidatingAfter(TWO));
    } finally {
      kit.shutdownTestKit();
    }
  }

  private static Older older(ObjectMapper mapper, AttemptReport report) throws IOException {
    var bytes = mapper.writerFor(AttemptReport.class).writeValueAsBytes(report);
    return mapper.readValue(bytes, Older.class);
  }
}
