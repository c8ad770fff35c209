package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes folders of instructions.
final class Workforces {
  // An instruction; in capitals what differs.
  private static final String TEXT =
      """
      # Worker NUMBER: One line

      **Phase:** WAVE.1 - Bench
      **Priority:** WAVE
      **Estimated Time:** 1 second

      ## 1. DELIVERABLES

      - [ ] `out.txt`: one line

      ## 2. SUCCESS_CRITERIA

      - [ ] The file holds its line

      ## 3. BOUNDARIES

      - **CAN create:** `out.txt` in the workspace
      - **CANNOT modify:** The target

      ## 4. DEPENDENCIES

      - **No prior workers:** It stands alone

      ## 5. MITIGATION

      - **Rollback:** Delete `out.txt`
      - **Risk Level:** LOW

      ## 6. TEST_PROCESS

      ```bash
      TEST_SCRIPT
      ```

      ## 7. TEST_RESULTS_FORMAT

      ```json
      {"status": "pass|fail"}
      ```

      ## 8. TASK_CLASSIFICATION

      - **Type:** MECHANICAL
      - **Tool:** bash

      ## 9. RETROSPECTIVE

      - **Time estimate:** 1 second

      ## 10. PERFORMANCE_REQUIREMENTS

      - Automated execution: <1 second

      ## EXECUTION

      BLOCKS
      """;

  static final String SCRIPT = "echo hi > out.txt";
  static final String TEST = "test \"$(cat out.txt)\" = hi";

  private static final String EXECUTION = "## EXECUTION\n\nBLOCKS\n";

  private Workforces() {}

  static String block(String declared, String script) {
    return "```bash" + declared + "\n" + script + "\n```";
  }

  /// Adds workers that leave `out.txt` with its line.
  ///
  /// @param folder is made where it is missing
  /// @param from number of the first
  /// @param blocks of EXECUTION; `NUMBER` in them becomes the worker's
  static void add(Path folder, int from, int count, int priority, String blocks)
      throws IOException {
    write(folder, from, count, priority, TEXT.replace("BLOCKS", blocks));
  }

  /// Adds workers without EXECUTION, which a model carries out.
  static void addAgents(Path folder, int count) throws IOException {
    write(folder, 1, count, 1, TEXT.replace(EXECUTION, ""));
  }

  private static void write(Path folder, int from, int count, int priority, String text)
      throws IOException {
    Files.createDirectories(folder);
    for (var i = from; i < from + count; i++) {
      var number = "%06d".formatted(i);
      Files.writeString(
          folder.resolve("WORKER_" + number + "_One_Line.md"),
          text.replace("TEST_SCRIPT", TEST)
              .replace("WAVE", Integer.toString(priority))
              .replace("NUMBER", number));
    }
  }
}
