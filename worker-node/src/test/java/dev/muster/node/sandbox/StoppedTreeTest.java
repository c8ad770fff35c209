package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StoppedTreeTest {
  private static final int CHILDREN = 300;

  /// It would go on starting others between a look and a kill.
  @Test
  void whatIsStartedMeanwhileIsFound() throws Exception {
    var mark = "stopped-" + UUID.randomUUID();
    var script =
        "exec 9< <(sleep 60); echo; for ((i = 0; i < %d; i++)); do bash -c 'read -t 60; :' %s <&9 & done; wait"
            .formatted(CHILDREN, mark);
    var process = new ProcessBuilder("bash", "-c", script).start();
    assertThat(process.getInputStream().read()).isEqualTo('\n');
    var below = StoppedTree.below(process);
    assertThat(state(process.pid())).isEqualTo("T");
    assertThat(process.descendants())
        .as("nothing was started since")
        .containsAll(below)
        .hasSameSizeAs(below);
    ProcessTree.end(process);
    below.forEach(ProcessHandle::destroyForcibly);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    for (var it : below) it.onExit().get(60, TimeUnit.SECONDS);
    assertThat(called(mark)).isEmpty();
  }

  private static String state(long pid) {
    return Objects.requireNonNull(ProcStat.read(pid)).state();
  }

  private static List<ProcessHandle> called(String mark) {
    return ProcessHandle.allProcesses()
        .filter(it -> it.info().commandLine().orElse("").contains(mark))
        .toList();
  }
}
