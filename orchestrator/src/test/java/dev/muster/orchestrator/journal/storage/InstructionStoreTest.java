package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.InstructionStore.Stored;
import dev.muster.protocol.instruction.TaskType;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.proof.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class InstructionStoreTest {
  private final Vendor vendor;
  private Database database;
  private InstructionStore store;

  InstructionStoreTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    database = vendor.open(folder);
    store = new InstructionStore(database.source());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsStoredIsFoundByItsDigest() {
    var compiled = instruction("# Grüße\n", "Greet");
    store.put(List.of(new Stored("# Grüße\n", compiled)));
    assertThat(store.find(compiled.digest())).isEqualTo(compiled);
    assertThat(store.text(compiled.digest())).isEqualTo("# Grüße\n");
    assertThat(store.find(Sha256.of("another"))).isNull();
    assertThat(store.text(Sha256.of("another"))).isNull();
  }

  @Test
  void storingATextAgainCompilesItAnew() {
    store.put(List.of(new Stored("text", instruction("text", "Old"))));
    store.put(List.of(new Stored("text", instruction("text", "New"))));
    assertThat(store.find(Sha256.of("text"))).isEqualTo(instruction("text", "New"));
  }

  @Test
  void oneTextOfSeveralWorkersIsStoredOnce() {
    var first = new Stored("text", instruction("text", "One"));
    store.put(List.of(first, new Stored("text", instruction("text", "Two"))));
    assertThat(store.find(Sha256.of("text"))).isEqualTo(first.instruction());
    assertThat(store.text(Sha256.of("text"))).isEqualTo("text");
  }

  @Test
  void aLargeWorkforceOfLargeTextsIsStoredAtOnce() {
    var texts = IntStream.range(0, 1_200).mapToObj(i -> "x".repeat(4_000) + i).toList();
    store.put(texts.stream().map(text -> new Stored(text, instruction(text, "Large"))).toList());
    assertThat(texts).allSatisfy(text -> assertThat(store.text(Sha256.of(text))).isEqualTo(text));
  }

  private static WorkerInstruction instruction(String text, String title) {
    return new WorkerInstruction(
        "WORKER_001",
        title,
        Sha256.of(text),
        TaskType.MECHANICAL,
        List.of(),
        List.of(),
        List.of("out/report.md"),
        null,
        null,
        Duration.ofMinutes(5),
        null,
        null,
        null);
  }
}
