package dev.muster.node.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.headroom.LinuxHost.Memory;
import dev.muster.node.headroom.LinuxHost.Ticks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxHostTest {
  @TempDir Path proc;

  @Test
  void processorsAreBusyWithAllButIdlenessAndWaitingForDisks() throws IOException {
    Files.writeString(
        proc.resolve("stat"),
        """
        cpu  100 20 30 400 50 1 2 7 90 10
        cpu0 50 10 15 200 25 1 1 3 45 5
        cpu1 50 10 15 200 25 0 1 4 45 5
        intr 32899820 0 0
        """);

    assertThat(new LinuxHost(proc).ticks()).isEqualTo(new Ticks(2, 160, 610));
  }

  @Test
  void theShareOfBusyTimeIsThatSinceTheLookBefore() {
    var before = new Ticks(2, 100, 1_000);
    assertThat(new Ticks(2, 150, 1_200).busySince(before)).isEqualTo(0.25);
    assertThat(before.busySince(before)).isZero();
  }

  @Test
  void memoryThatCanBeHadIsFree() throws IOException {
    Files.writeString(
        proc.resolve("meminfo"),
        """
        MemTotal:       24576 kB
        MemFree:          100 kB
        MemAvailable:   20480 kB
        """);

    assertThat(new LinuxHost(proc).memory()).isEqualTo(new Memory(24L << 20, 20L << 20));
  }

  @Test
  void elsewhereThereIsNoSuchFile() {
    assertThat(new LinuxHost(proc).ticks()).isNull();
    assertThat(new LinuxHost(proc).memory()).isNull();
  }
}
