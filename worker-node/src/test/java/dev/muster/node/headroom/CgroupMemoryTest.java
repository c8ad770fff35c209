package dev.muster.node.headroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupMemoryTest {
  private static final long HOST = 8_000;

  @TempDir Path folder;

  private Path v2(String name, String max, String current, String cache) throws IOException {
    var group = Files.createDirectory(folder.resolve(name));
    Files.writeString(group.resolve("memory.max"), max + "\n");
    Files.writeString(group.resolve("memory.current"), current + "\n");
    Files.writeString(group.resolve("memory.stat"), "anon 5\ninactive_file " + cache + "\n");
    return group;
  }

  @Test
  void cacheThatGoesFirstIsNoUse() throws Exception {
    var group = v2("a", "1000", "900", "400");
    assertThat(new CgroupMemory(List.of(), List.of(group)).usedPercent(HOST)).isEqualTo(50);
  }

  @Test
  void theFullestLimitAroundUsCounts() throws Exception {
    var inner = v2("a", "max", "900", "0");
    var outer = v2("b", "2000", "1500", "0");
    assertThat(new CgroupMemory(List.of(), List.of(inner, outer)).usedPercent(HOST)).isEqualTo(75);
  }

  @Test
  void aLimitAboveWhatTheHostHasIsNone() throws Exception {
    var group = v2("a", "9000", "900", "0");
    assertThat(new CgroupMemory(List.of(), List.of(group)).usedPercent(HOST)).isZero();
    var unlimited = Files.createDirectory(folder.resolve("v1"));
    Files.writeString(unlimited.resolve("memory.limit_in_bytes"), "9223372036854771712\n");
    Files.writeString(unlimited.resolve("memory.usage_in_bytes"), "100\n");
    assertThat(new CgroupMemory(List.of(unlimited), List.of()).usedPercent(HOST)).isZero();
  }

  @Test
  void versionOneIsReadTheSameWay() throws Exception {
    var group = Files.createDirectory(folder.resolve("v1"));
    Files.writeString(group.resolve("memory.limit_in_bytes"), "1000\n");
    Files.writeString(group.resolve("memory.usage_in_bytes"), "800\n");
    Files.writeString(group.resolve("memory.stat"), "total_inactive_file 100\n");
    assertThat(new CgroupMemory(List.of(group), List.of()).usedPercent(HOST)).isEqualTo(70);
    assertThat(new CgroupMemory(List.of(folder.resolve("none")), List.of()).usedPercent(HOST))
        .isZero();
  }
}
