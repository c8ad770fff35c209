package dev.muster.protocol.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderRulesTest {
  private static final Path HOME = Path.of("/home/ann");
  private static final Path DATA = Path.of("/home/ann/shop/.muster");
  private static final Path RESULTS = Path.of("/home/ann/shop/results");

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "/, it contains a folder of the kernel",
    "/usr, it is a system folder",
    "/etc, it is a system folder",
    "/proc/self, it lies in a folder of the kernel",
    "/run, it is a folder of the kernel",
    "/tmp, it is the folder for temporary files",
    "/home, it contains the home folder",
    "/home/ann, it is the home folder",
    "/muster/x, it lies in where sandboxes",
    "/home/ann/shop/.muster, it lies in the data folder",
    "/home/ann/shop/.muster/workspaces, it lies in the data folder"
  })
  void someFoldersAreNoTarget(Path target, String why) {
    assertThat(FolderRules.refuseTarget(target, HOME, DATA))
        .startsWith("expected a project folder as the target, found " + target)
        .contains(why);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "/home/ann/shop",
        "/srv/shop",
        "/tmp/shop",
        "/usr/src/linux",
        "/etc/nginx",
        "/muster2"
      })
  void aProjectFolderIsATargetEvenWhenItHoldsTheData(Path target) {
    assertThat(FolderRules.refuseTarget(target, HOME, DATA)).isNull();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "/, it contains a folder of the kernel",
    "/etc/nginx, it lies in a system folder",
    "/usr/local/bin, it lies in a system folder",
    "/sys/fs/cgroup, it lies in a folder of the kernel",
    "/home/ann, it is the home folder",
    "/home/ann/shop/.muster/artifacts, it lies in the data folder",
    "/home/ann/shop/results/run_1, it lies in a folder that workers never see"
  })
  void someFoldersNoPermitOpens(Path folder, String why) {
    assertThat(FolderRules.refuseWrites(folder, HOME, DATA, List.of(RESULTS)))
        .startsWith("no permit can make " + folder + " writable")
        .contains(why);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"/home/ann/shop", "/home/ann/site", "/srv/site"})
  void otherFoldersOpenWithAPermit(Path folder) {
    assertThat(FolderRules.refuseWrites(folder, HOME, DATA, List.of(RESULTS))).isNull();
  }
}
