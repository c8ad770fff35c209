package dev.muster.orchestrator.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.journal.storage.SavedInstructions.Saved;
import dev.muster.protocol.proof.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
class SavedInstructionsTest {
  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

  private final Vendor vendor;
  private Database database;
  private SavedInstructions saved;

  SavedInstructionsTest(Vendor vendor) {
    this.vendor = vendor;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    database = vendor.open(folder);
    saved = new SavedInstructions(database.source());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private String keep(String workforce, String text, @Nullable String by) {
    var digest = Sha256.of(text);
    saved.keep(
        workforce,
        "WORKER_001",
        new Saved(digest, T0, by, "/w/" + workforce),
        text.getBytes(StandardCharsets.UTF_8));
    return digest;
  }

  @Test
  void eachWorkerOfEachWorkforceHasItsOwn() {
    var first = keep("hello", "# Grüße\r\n\0", null);
    var second = keep("hello", "# Greetings\n", "olga");
    keep("other", "# Other\n", "otto");

    assertThat(saved.all("hello", "WORKER_001"))
        .containsExactly(
            new Saved(second, T0, "olga", "/w/hello"), new Saved(first, T0, null, "/w/hello"));
    assertThat(saved.text("hello", "WORKER_001", first)).isEqualTo("# Grüße\r\n\0");
    assertThat(saved.text("other", "WORKER_001", first)).isNull();
    assertThat(saved.text("hello", "WORKER_002", first)).isNull();
    assertThat(saved.all("hello", "WORKER_002")).isEmpty();
  }

  @Test
  void namesThatNoFileHasAreNobodys() {
    assertThat(saved.all("he\0llo", "WORKER\0")).isEmpty();
    assertThat(saved.text("hello", "WORKER_001", "\0")).isNull();
  }

  @Test
  void theOldestGo() {
    for (var i = 0; i <= SavedInstructions.SAVED_MAX; i++) keep("hello", "text " + i, "olga");

    var all = saved.all("hello", "WORKER_001");
    assertThat(all).hasSize(SavedInstructions.SAVED_MAX);
    assertThat(all.getLast().digest()).isEqualTo(Sha256.of("text 1"));
    assertThat(saved.text("hello", "WORKER_001", Sha256.of("text 0"))).isNull();
  }
}
