package dev.muster.protocol.journal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.protocol.worker.WorkerEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Old journals replay: the bytes of every event type, as they were first written, stay readable.
///
/// A new event type gets its file by `mvn test -pl protocol -Dgolden.write=true`, which never
/// touches a file that is there.
class GoldenEventsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  static Stream<MusterEvent> events() {
    return EventSamples.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("events")
  void theBytesOfOldJournalsStayReadable(MusterEvent event) throws IOException {
    var name = EventNames.nameOf(event);
    var file = GOLDEN.resolve(name + ".cbor");
    if (Boolean.getBoolean("golden.write") && Files.notExists(file)) {
      Files.createDirectories(GOLDEN);
      Files.write(file, EventCodec.encode(event));
    }
    assertThat(EventCodec.decodeEvent(Files.readAllBytes(file), name)).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("events")
  void everyEventSurvivesTheJournalsSerializer(MusterEvent event) {
    var serializer = new EventSerializer();
    var bytes = serializer.toBinary(event);
    assertThat(serializer.fromBinary(bytes, serializer.manifest(event))).isEqualTo(event);
  }

  /// Fields that were added later have files of their own, beside the ones of before.
  static Stream<Map.Entry<String, MusterEvent>> grown() {
    return GrownSamples.ALL.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("grown")
  void theBytesOfGrownEventsStayReadable(Map.Entry<String, MusterEvent> grown) throws IOException {
    var event = grown.getValue();
    var name = EventNames.nameOf(event);
    var file = GOLDEN.resolve(name + "." + grown.getKey() + ".cbor");
    if (Boolean.getBoolean("golden.write") && Files.notExists(file)) {
      Files.write(file, EventCodec.encode(event));
    }
    assertThat(EventCodec.decodeEvent(Files.readAllBytes(file), name)).isEqualTo(event);
  }

  @Test
  void halfOfACharacterIsNoReasonToLoseAText() {
    assertThat(EventCodec.decode(EventCodec.encode("cut \uD83D"), String.class))
        .isEqualTo("cut \uFFFD");
  }

  @Test
  void theSignatureOfAnOldReceiptStillFits() throws IOException {
    var file = GOLDEN.resolve("Completed.completed-attested.cbor");
    var read = EventCodec.decodeEvent(Files.readAllBytes(file), "Completed");
    var receipt = ((WorkerEvent.Completed) read).receipt();
    assertThat(requireNonNull(receipt.attested()).fits(receipt)).isTrue();
  }

  @Test
  void everyEventTypeHasASample() {
    assertThat(EventSamples.ALL.stream().map(EventNames::nameOf).collect(Collectors.toSet()))
        .isEqualTo(EventNames.all().keySet());
  }

  @Test
  void everyGoldenFileBelongsToAKnownEvent() throws IOException {
    try (var files = Files.list(GOLDEN)) {
      assertThat(files.map(file -> eventOf(file.getFileName().toString())))
          .isSubsetOf(EventNames.all().keySet());
    }
  }

  /// Of `family.Event.cbor`, or of `Event.grown.cbor`.
  private static String eventOf(String file) {
    var name = file.replaceFirst("\\.cbor$", "");
    return EventNames.classOf(name) == null ? name.replaceFirst("\\.[^.]*$", "") : name;
  }

  @Test
  void anEventOfANewerVersionIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventCodec.decodeEvent(new byte[0], "WorkerTeleported"))
        .withMessageContaining("WorkerTeleported");
  }
}
