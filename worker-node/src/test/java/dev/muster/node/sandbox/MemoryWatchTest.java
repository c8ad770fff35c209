package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryWatchTest {
  private static final long BYTES_MAX = 64 << 20;
  private final List<Process> begun = new ArrayList<>();

  @AfterEach
  void end() {
    for (var process : begun) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /// As it is for a moment while a sandbox is made; a late host is caught in it.
  @Test
  void theRootOfTheHostIsNobodysMemory() throws Exception {
    var process =
        begin(
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount --bind / /tmp && echo begun && sleep 60 & wait");
    assumeThat(process.inputReader().readLine()).as("only root mounts").isEqualTo("begun");
    assertThat(breach(process)).isNull();
  }

  @Test
  void whatAProcessHoldsIsCounted() throws Exception {
    var process =
        begin(
            "sh",
            "-c",
            "(x=$(head -c 90000000 /dev/zero | tr '\\0' x); echo begun; sleep 60; :) & wait");
    assertThat(process.inputReader().readLine()).isEqualTo("begun");
    assertThat(breach(process)).contains("more than the 64 MiB of memory");
  }

  private Process begin(String... command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    begun.add(process);
    return process;
  }

  /// It looks twice a second, so that it has to be waited for.
  private @Nullable String breach(Process process) {
    var watch = new MemoryWatch(process, BYTES_MAX);
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    String breach = null;
    while (breach == null && System.nanoTime() < until) {
      LockSupport.parkNanos(50_000_000);
      breach = watch.breach();
    }
    return breach;
  }
}
