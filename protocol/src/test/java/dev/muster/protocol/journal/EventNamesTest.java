package dev.muster.protocol.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.muster.protocol.worker.WorkerEvent;
import dev.muster.protocol.worker.WorkerEvents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventNamesTest {
  sealed interface ProbeEvent extends MusterEvent {
    record Completed(int depth, Instant at) implements ProbeEvent {}

    record Lost(Instant at) implements ProbeEvent {}
  }

  private record Family(
      Class<? extends MusterEvent> type, Map<String, Class<? extends MusterEvent>> names)
      implements EventFamily {}

  private static EventNames with(Map<String, Class<? extends MusterEvent>> probes) {
    return new EventNames(List.of(new WorkerEvents(), new Family(ProbeEvent.class, probes)));
  }

  @Test
  void twoFamiliesMayEachHaveACompleted() {
    var names =
        with(
            Map.of(
                "probe.Completed",
                ProbeEvent.Completed.class,
                "probe.Lost",
                ProbeEvent.Lost.class));
    var event = new ProbeEvent.Completed(3, Instant.EPOCH);
    assertThat(names.name(event)).isEqualTo("probe.Completed");
    assertThat(names.type("probe.Completed")).isEqualTo(ProbeEvent.Completed.class);
    assertThat(names.type("Completed")).isEqualTo(WorkerEvent.Completed.class);
    var read = EventCodec.decode(EventCodec.encode(event), ProbeEvent.Completed.class);
    assertThat(read).isEqualTo(event);
  }

  @Test
  void nobodyTakesTheNameOfAnother() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            with(
                Map.of(
                    "Completed", ProbeEvent.Completed.class, "probe.Lost", ProbeEvent.Lost.class)))
        .withMessageContaining("Completed");
  }

  @Test
  void anEventWithoutANameIsFoundAtOnce() {
    assertThatIllegalStateException()
        .isThrownBy(() -> with(Map.of("probe.Lost", ProbeEvent.Lost.class)))
        .withMessageContaining("ProbeEvent$Completed has no name");
  }
}
