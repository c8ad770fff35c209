package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The bundled workforce over a target with planted faults and the baselines of a week.
abstract class AuditScene {
  static final String AUDIT = Muster.repository().resolve("instructions/audit").toString();
  private static final List<Integer> WAVES = List.of(30, 80, 20, 80, 15);
  static final int OLD_BASELINES = 7;
  static final int BASELINES_KEPT = 5;

  @TempDir Path folder;
  Muster muster;
  Path baselines;

  @BeforeEach
  void target() throws IOException {
    muster = new Muster(folder);
    Files.createDirectories(muster.target());
    baselines = Files.createDirectories(muster.target().resolve("audit-report/baselines"));
    for (var day = 1; day <= OLD_BASELINES; day++) {
      Files.createFile(baselines.resolve("2026010%dT000000Z-run_earlier.tsv".formatted(day)));
    }
  }

  void plant(int count) throws IOException {
    for (var plant : Plant.all().subList(0, count)) plant.into(muster.target());
  }

  Muster.Ended audit(String approve) {
    var target = muster.target().toString();
    return muster.run("run", AUDIT, "--no-input", "--approve", approve, "--target", target);
  }

  List<Path> filed() throws IOException {
    try (var files = Files.list(baselines)) {
      return files.filter(file -> file.toString().endsWith(".tsv")).toList();
    }
  }

  static void assertAllCompleted(JsonNode summary) {
    assertThat(summary.at("/workers/total").asInt()).isEqualTo(225);
    assertThat(summary.at("/workers/completed").asInt()).isEqualTo(225);
    assertThat(summary.at("/retrospectives/stored").asInt()).isEqualTo(225);
    assertThat(summary.at("/successRate").asDouble()).isEqualTo(1.0);
    assertThat(summary.at("/testPassRate").asDouble()).isEqualTo(1.0);
    assertThat(summary.path("waves"))
        .extracting(wave -> wave.path("completed").asInt())
        .containsExactlyElementsOf(WAVES);
  }

  /// The workers whose results file says that they completed; each then has what its own
  /// instruction asked for, and the runtime's receipt.
  List<String> proven(String run) throws IOException {
    try (var files = Files.list(muster.results().resolve(run).resolve("workers"))) {
      var results =
          files
              .map(AuditScene::read)
              .map(Journal::parse)
              .filter(result -> result.at("/muster/state").asText().equals("COMPLETED"))
              .toList();
      assertThat(results)
          .allSatisfy(result -> {
            assertThat(result.path("status").asText()).isEqualTo("pass");
            assertThat(result.path("deliverables_created")).isNotEmpty();
            assertThat(result.path("test_results"))
                .isNotEmpty()
                .allSatisfy(test -> assertThat(test.asText()).isEqualTo("pass"));
            assertThat(result.at("/muster/weak").asBoolean(true)).isFalse();
            assertThat(result.at("/muster/receipt/passed").asBoolean()).isTrue();
          });
      return results.stream().map(result -> result.at("/muster/worker").asText()).toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
