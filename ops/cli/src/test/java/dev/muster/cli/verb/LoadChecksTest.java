package dev.muster.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.verb.HostChecks.Check;
import dev.muster.cli.verb.HostChecks.State;
import dev.muster.host.settings.SettingsReader;
import dev.muster.host.settings.SettingsSources;
import dev.muster.host.trust.StateFolder;
import dev.muster.node.headroom.HostLoad;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadChecksTest {
  @TempDir Path folder;

  private LoadChecks checks(Map<String, String> environment) {
    var sources =
        new SettingsSources(
            Map.of(),
            environment,
            folder,
            folder.resolve("user.conf"),
            new StateFolder(folder.resolve("state")));
    return new LoadChecks(SettingsReader.read(sources).settings());
  }

  private List<Check> judge(int cores, double cpu, double memory, double disk) {
    return checks(Map.of()).judge(new HostLoad(cores, cpu, memory, disk));
  }

  @Test
  void aRoomyQuietHostIsFit() {
    assertThat(judge(8, 20, 30, 40)).extracting(Check::state).containsOnly(State.OK);
  }

  @Test
  void aBusyHostIsToldWhichSettingHoldsItsWork() {
    var processors = judge(8, 93, 30, 40).getFirst();
    assertThat(processors.state()).isEqualTo(State.WARN);
    assertThat(processors.found()).isEqualTo("8, others use 93 % of them");
    assertThat(processors.advice())
        .contains("work would be held now")
        .contains("headroom.cpu-percent (now 80; 100 is no limit)")
        .contains("MUSTER_HEADROOM_CPU_PERCENT=100");
  }

  @Test
  void aSmallHostIsWarnedWhileItIsQuietUnlessTheLimitIsOff() {
    var processors = judge(2, 3, 30, 40).getFirst();
    assertThat(processors.state()).isEqualTo(State.WARN);
    assertThat(processors.advice()).contains("headroom.cpu-percent");
    var off = checks(Map.of("MUSTER_HEADROOM_CPU_PERCENT", "100"));
    assertThat(off.judge(new HostLoad(2, 3, 30, 40)).getFirst().state()).isEqualTo(State.OK);
  }

  @Test
  void memoryAndDiskWarnBeforeTheyHoldWork() {
    var checks = judge(8, 20, 80, 95);
    assertThat(checks.get(1).advice())
        .startsWith("a little more and work is held")
        .contains("headroom.memory-percent (now 85;");
    assertThat(checks.get(2).advice())
        .startsWith("work would be held now")
        .contains("headroom.disk-percent");
  }

  @Test
  void thisHostIsReallyMeasured() {
    var checks = checks(Map.of()).all();
    assertThat(checks).extracting(Check::name).containsExactly("processors", "memory", "disk");
    assertThat(checks.getFirst().found())
        .startsWith(Runtime.getRuntime().availableProcessors() + ", others use ");
  }
}
