package dev.muster.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/// Writes small workforces for tests: real ten-point files, as short as they may be.
public final class Workforces {
  private Workforces() {}

  /// @param number of the worker, from 1
  /// @param wave its priority
  /// @param dependencies as DEPENDENCIES says it
  /// @param execution whole fenced blocks
  /// @param test the TEST_PROCESS script
  public record Worker(
      int number,
      int wave,
      String dependencies,
      String deliverable,
      String execution,
      String test) {
    public static Worker simple(int number, int wave, String dependencies) {
      var file = "results/%03d.txt".formatted(number);
      return new Worker(
          number,
          wave,
          dependencies,
          file,
          block("mkdir -p results\necho worker %d > %s".formatted(number, file)),
          "grep -qx 'worker %d' %s".formatted(number, file));
    }

    public String id() {
      return "WORKER_%03d".formatted(number);
    }
  }

  public static String block(String script) {
    return "```bash\n" + script + "\n```\n";
  }

  public static String block(String attributes, String script) {
    return "```bash " + attributes + "\n" + script + "\n```\n";
  }

  public static Path write(Path folder, Worker... workers) {
    return write(folder, Workforces::text, workers);
  }

  /// Without an EXECUTION, so that agents carry them out.
  public static Path thinking(Path folder, Worker... workers) {
    return write(folder, Workforces::withoutExecution, workers);
  }

  private static String withoutExecution(Worker worker) {
    var text = text(worker);
    return text.substring(0, text.indexOf("## EXECUTION"))
        + text.substring(text.indexOf("## 6. TEST_PROCESS"));
  }

  private static Path write(Path folder, Function<Worker, String> text, Worker... workers) {
    try {
      Files.createDirectories(folder);
      for (var worker : workers) {
        Files.writeString(folder.resolve(worker.id() + "_Test.md"), text.apply(worker));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Worker worker) {
    return """
    # Worker %1$03d: Test

    **Priority:** %2$d
    **Estimated Time:** 1 second

    ## 1. DELIVERABLES

    - [ ] `%3$s`

    ## 2. SUCCESS_CRITERIA

    - [ ] The deliverable says what it should

    ## 3. BOUNDARIES

    - **CAN create:** the deliverable
    - **CANNOT modify:** anything else

    ## 4. DEPENDENCIES

    - %4$s

    ## 5. MITIGATION

    - **Rollback:** none needed

    ## EXECUTION

    %5$s

    ## 6. TEST_PROCESS

    ```bash
    %6$s
    ```

    ## 7. TEST_RESULTS_FORMAT

    ```json
    {"worker_id": "%1$03d", "status": "pass|fail"}
    ```

    ## 8. TASK_CLASSIFICATION

    - **Type:** MECHANICAL

    ## 9. RETROSPECTIVE

    - **Time estimate:** 1 second

    ## 10. PERFORMANCE_REQUIREMENTS

    - Degradation limit: If execution takes >60 seconds, abort and escalate
    """
        .formatted(
            worker.number(),
            worker.wave(),
            worker.deliverable(),
            worker.dependencies().isEmpty() ? "No prior workers" : worker.dependencies(),
            worker.execution(),
            worker.test());
  }
}
