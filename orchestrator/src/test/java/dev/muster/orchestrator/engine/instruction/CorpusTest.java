package dev.muster.orchestrator.engine.instruction;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.protocol.instruction.TaskType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Files as people wrote them. They lie beside the repository; without them there is nothing to
/// prove.
class CorpusTest {
  private Map<String, Instruction> corpus = Map.of();

  @BeforeEach
  void read() throws IOException {
    var folder = Path.of("..", "..", "shared", "corpus");
    if (!Files.isDirectory(folder)) folder = Path.of("..", "..", "..", "shared", "corpus");
    assumeTrue(Files.isDirectory(folder), "the corpus is not here");
    corpus =
        Workforce.read(folder).instructions().stream()
            .collect(toMap(i -> String.valueOf(i.id()), i -> i));
  }

  @Test
  void everyFileIsUsable() {
    assertThat(corpus).hasSize(24);
    assertThat(corpus.values())
        .allSatisfy(instruction -> {
          assertThat(instruction.findings()).noneMatch(Finding::isError);
          assertThat(instruction.compiled()).isNotNull();
          assertThat(instruction.title()).isNotBlank();
          assertThat(instruction.placement().phase()).isNotNull();
          assertThat(instruction.tests()).isPositive();
        });
  }

  @Test
  void completeFilesPassAndFoldedOrShortOnesDoNot() {
    assertThat(corpus.values().stream().filter(i -> i.score() < 80).map(Instruction::id))
        .containsExactlyInAnyOrder("WORKER_070", "WORKER_075", "WORKER_083");
    assertThat(codes("WORKER_075")).contains(Code.FOLDED_POINTS).doesNotContain(Code.MISSING_POINT);
    assertThat(codes("WORKER_070")).contains(Code.MISSING_POINT);
    assertThat(FileReport.missing(get("WORKER_075")))
        .containsExactly(
            Point.TEST_RESULTS_FORMAT,
            Point.TASK_CLASSIFICATION,
            Point.RETROSPECTIVE,
            Point.PERFORMANCE_REQUIREMENTS);
  }

  @Test
  void dependenciesAreReadHoweverTheyAreWritten() {
    assertThat(references("WORKER_000")).isEmpty(); // names files, not workers
    assertThat(references("WORKER_001")).isEmpty(); // "No prior workers: This is WORKER_001"
    assertThat(references("WORKER_020")).containsExactly("WORKER_019");
    assertThat(references("WORKER_055")).containsExactly("WORKER_001-054", "phase 1");
    assertThat(references("WORKER_070")).containsExactly("WORKER_069"); // metadata only
    assertThat(references("WORKER_088")).containsExactly("WORKER_001-087", "phase 1-2");
    assertThat(references("WORKER_103")).containsExactly("phase 1-2", "phase 3");
    assertThat(references("WORKER_180")).containsExactly("phase 4.8");
  }

  @Test
  void deliverablesArePathsAndNotCode() {
    assertThat(paths("WORKER_001"))
        .containsExactly(
            "validation/semantic_analyzer.py", "ai-workers/results/worker-001-results.json");
    assertThat(get("WORKER_001").deliverables().resultsFile())
        .isEqualTo(new Deliverables.Path("ai-workers/results/worker-001-results.json", 17));
    assertThat(paths("WORKER_055")).isEmpty();
    assertThat(codes("WORKER_055")).contains(Code.INVALID_DELIVERABLE); // an absolute path
  }

  @Test
  void testsKeepTheirQuotesAndMaskedOnesAreFound() {
    assertThat(get("WORKER_087").tests()).isEqualTo(2);
    var compiled = requireNonNull(get("WORKER_057").compiled());
    assertThat(compiled.tests().getFirst().text()).contains("instruction = '''\nDELIVERABLES: ");
    assertThat(corpus.values().stream().filter(i -> codes(i).contains(Code.MASKED_TEST)))
        .extracting(Instruction::id)
        .containsExactlyInAnyOrder("WORKER_001", "WORKER_088");
  }

  @Test
  void theRestIsReadToo() {
    var compiled = requireNonNull(get("WORKER_001").compiled());
    assertThat(compiled.estimate()).isEqualTo(Duration.ofMinutes(20));
    assertThat(compiled.timeLimit()).isEqualTo(Duration.ofMinutes(40));
    assertThat(compiled.memoryKey()).isEqualTo("wingman_worker_001_retrospective");
    assertThat(compiled.memoryNamespace()).isEqualTo("wingman");
    assertThat(compiled.resultsFormat()).startsWith("{").endsWith("}");
    assertThat(get("WORKER_225").type()).isEqualTo(TaskType.HYBRID);
    assertThat(get("WORKER_225").placement().wave()).isEqualTo(5);
    assertThat(get("WORKER_000").placement().wave()).isEqualTo(1);
    assertThat(codes("WORKER_000")).doesNotContain(Code.PLACEHOLDER); // owed only afterwards
  }

  private Instruction get(String id) {
    var instruction = corpus.get(id);
    if (instruction == null) throw new AssertionError(id + " is not in the corpus");
    return instruction;
  }

  private List<String> references(String id) {
    return get(id).dependencies().stream().map(Reference::text).toList();
  }

  private List<String> paths(String id) {
    return get(id).deliverables().all().stream().map(Deliverables.Path::path).toList();
  }

  private List<Code> codes(String id) {
    return codes(get(id));
  }

  private static List<Code> codes(Instruction instruction) {
    return instruction.findings().stream().map(Finding::code).toList();
  }
}
