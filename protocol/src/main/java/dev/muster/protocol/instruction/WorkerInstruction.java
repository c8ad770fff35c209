package dev.muster.protocol.instruction;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One ten-point file, compiled to what a node needs to carry it out. Stored once per text and
/// found by its digest; it never travels in a message.
///
/// @param id `WORKER_014`
/// @param digest SHA-256 of the file's bytes, lower-case hex
/// @param blocks EXECUTION, in order; empty when a model is to do the work
/// @param deliverables workspace-relative paths that must exist when an attempt ends
/// @param resultsFile the path of the results file the instruction asks for, which the runtime
///   itself writes; null when it names none
/// @param estimate from the file; null when it gives none
/// @param timeLimit how long one attempt may run
/// @param labels what a node must offer to carry it out, sorted; empty when any node will do
/// @param limitFrom where the time limit comes from, in words that may follow it, such as `4 times
///   the estimate of 20 min, WORKER_014_Scan.md:5`; null when nobody said so
/// @param noBlocks why there is no block, as a sentence about the instruction; null when there are
///   some, or when EXECUTION is simply missing
/// @param brief for the agent that is to do the work; null when there are blocks, and in texts
///   stored by an older Muster
/// @param resultsFormat the JSON object of TEST_RESULTS_FORMAT as text; null when there is none
public record WorkerInstruction(
    String id,
    String title,
    String digest,
    TaskType type,
    List<Block> blocks,
    List<Script> tests,
    List<String> deliverables,
    @Nullable String resultsFile,
    @Nullable Duration estimate,
    Duration timeLimit,
    @Nullable String resultsFormat,
    @Nullable String memoryKey,
    @Nullable String memoryNamespace,
    List<String> labels,
    @Nullable String limitFrom,
    @Nullable String noBlocks,
    @Nullable Brief brief) {
  public WorkerInstruction {
    if (id.isBlank()) throw new IllegalArgumentException("instruction id is blank");
    blocks = List.copyOf(blocks);
    tests = List.copyOf(tests);
    deliverables = List.copyOf(deliverables);
    labels = Labels.sorted(labels);
  }

  /// One that any node can carry out.
  public WorkerInstruction(
      String id,
      String title,
      String digest,
      TaskType type,
      List<Block> blocks,
      List<Script> tests,
      List<String> deliverables,
      @Nullable String resultsFile,
      @Nullable Duration estimate,
      Duration timeLimit,
      @Nullable String resultsFormat,
      @Nullable String memoryKey,
      @Nullable String memoryNamespace) {
    this(
        id,
        title,
        digest,
        type,
        blocks,
        tests,
        deliverables,
        resultsFile,
        estimate,
        timeLimit,
        resultsFormat,
        memoryKey,
        memoryNamespace,
        List.of(),
        null,
        null,
        null);
  }
}
