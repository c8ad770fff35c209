package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {
  private static final MountTable HOST =
      MountTable.parse(
          List.of(
              "20 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
              "21 20 8:2 / /data rw,nosuid,noexec - ext4 /dev/sda2 rw",
              "22 21 0:30 / /data/with\\040blank\\012and\\134more ro - tmpfs tmpfs rw,size=1k",
              "23 20 8:3 /part /home rw - ext4 /dev/sda3 rw",
              "24 23 8:4 / /home/old/inner rw - ext4 /dev/sda4 rw",
              "25 23 0:31 / /home/old rw - tmpfs tmpfs rw",
              "26 25 0:32 / /home/old/inner/new rw - tmpfs tmpfs rw",
              "27 20 0:33 / /auto rw - autofs systemd-1 rw",
              "28 27 0:34 / /auto ro - ext4 /dev/sda5 rw",
              "nonsense"));

  private static List<String> below(String path) {
    return HOST.below(Path.of(path)).stream().map(entry -> entry.point().toString()).toList();
  }

  @Test
  void theLastMountAboveAPathHoldsIt() {
    assertThat(HOST.holding(Path.of("/data/x/y")).id()).isEqualTo(21);
    assertThat(HOST.holding(Path.of("/database")).id()).isEqualTo(20);
    assertThat(HOST.holding(Path.of("/data")).options()).contains("nosuid", "noexec");
  }

  @Test
  void namesAreWrittenOut() {
    assertThat(below("/data")).containsExactly("/data/with blank\nand\\more");
  }

  @Test
  void whatIsMountedOverCannotBeReached() {
    assertThat(below("/home")).containsExactly("/home/old", "/home/old/inner/new");
    assertThat(HOST.holding(Path.of("/home/old/inner")).id()).isEqualTo(25);
    assertThat(HOST.holding(Path.of("/auto/x")).id()).isEqualTo(28);
  }

  @Test
  void linesNobodyUnderstandsAreCountedAllTheSame() {
    assertThat(HOST.lines()).isEqualTo(10);
    assertThat(HOST.entries()).hasSize(9);
  }

  @Test
  void theTableOfThisHostCanBeRead() throws Exception {
    assertThat(MountTable.read().holding(Path.of("/proc/self")).type()).isEqualTo("proc");
  }
}
