package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.node.sandbox.kernel.OwnedViews;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcFolderTest {
  @TempDir Path data;

  @Test
  void whatIsLaidIsSeenByItsThreadAndNobodyElse() throws Exception {
    assumeTrue(OtherUser.possible());
    Files.writeString(data.resolve("passwd"), "muster:x:1000:1000::/tmp:/bin/bash\n");
    Files.writeString(data.resolve("group"), "muster:x:1000:\n");
    var etc = new EtcFolder(data.resolve("etc"), data);
    var place = data.resolve("etc/passwd");
    try (var launcher = ProcessLauncher.own()) {
      var seen =
          launcher.run(() -> {
            OwnedViews.show(List.of(), data, 64_100, ProcessLauncher::start);
            etc.lay(false);
            return Files.readString(place);
          });

      assertThat(seen).startsWith("muster:x:1000");
      assertThat(place).isEmptyFile();
      for (var file : SystemFiles.here(false)) {
        var of = etc.folder().resolve(SystemFiles.ETC.relativize(file));
        assertThat(launcher.run(() -> Files.isSameFile(file, of))).as(file.toString()).isTrue();
      }
    }
  }

  @Test
  void aJobThatNamesSomethingThereIsServedOneByOne() {
    var here = Path.of("/work");
    var job = Job.plain(new Job.Names("run", "WORKER_001", 1), here, here, here, here, List.of());

    assertThat(EtcFolder.serves(job)).isTrue();
    assertThat(EtcFolder.serves(job.looking(List.of(Path.of("/etc/hostname"))))).isFalse();
    assertThat(EtcFolder.serves(job.widened(List.of(Path.of("/etc/app")), false))).isFalse();
  }
}
