package dev.muster.node.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.node.sandbox.kernel.OwnedViews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcFolderTest {
  @TempDir Path data;

  @Test
  void foldersAreTheHostsOwnForItsThreadAndForNobodyElse() throws Exception {
    assumeTrue(OtherUser.possible());
    var etc = etc();
    try (var launcher = laying(etc, true)) {
      for (var file : SystemFiles.here(true)) {
        var seen = etc.folder().resolve(SystemFiles.ETC.relativize(file));
        if (Files.isDirectory(file) || SystemFiles.changesMeanwhile(file)) {
          assertThat(launcher.run(() -> Files.isSameFile(file, seen))).as("%s", file).isTrue();
          assertThat(Files.isSameFile(file, seen)).as("%s elsewhere", file).isFalse();
        } else {
          assertThat(seen).hasSameBinaryContentAs(file);
        }
      }
      assertThat(etc.folder().resolve("passwd")).content().startsWith("muster:x:1000");
    }
  }

  @Test
  void aCopyIsMadeAnewWhenItsFileHasChangedAndOnlyThen() throws Exception {
    assumeTrue(OtherUser.possible());
    var etc = etc();
    laying(etc, false).close();
    var copy = etc.folder().resolve("passwd");
    var first = Files.getAttribute(copy, "unix:ino");
    laying(etc, false).close();
    assertThat(Files.getAttribute(copy, "unix:ino")).isEqualTo(first);

    Files.writeString(data.resolve("passwd"), "other:x:1000:1000::/tmp:/bin/bash\n");
    laying(etc, false).close();

    assertThat(copy).content().startsWith("other:x:1000");

    var file = data.resolve("passwd");
    var written = Files.getLastModifiedTime(file);
    Files.writeString(file, "third:x:1000:1000::/tmp:/bin/bash\n");
    do {
      Files.setLastModifiedTime(file, written);
    } while (changed(file).compareTo(changed(copy)) <= 0);
    laying(etc, false).close();

    assertThat(copy).content().startsWith("third:x:1000");
  }

  private static FileTime changed(Path file) throws IOException {
    return (FileTime) Files.getAttribute(file, "unix:ctime");
  }

  @Test
  void whatTheHostHasNoMoreIsGone() throws Exception {
    assumeTrue(OtherUser.possible());
    var etc = etc();
    var missing = SystemFiles.missing(false).getFirst();
    var copy = etc.folder().resolve(SystemFiles.ETC.relativize(missing));
    Files.createDirectories(copy.getParent());
    Files.writeString(copy, "of an earlier version\n");

    laying(etc, false).close();

    assertThat(copy).doesNotExist();
  }

  @Test
  void whereNoThreadHasMountsOnlyWhatIsNoCopyIsStillToBeLaid() throws Exception {
    var here = Path.of("/work");
    var job = Job.plain(new Job.Names("run", "WORKER_001", 1), here, here, here, here, List.of());

    var seen = requireNonNull(SeenEtc.copied(job, etc()));

    assertThat(seen.toLay())
        .allMatch(Files::isDirectory)
        .allMatch(SystemFiles.here(false)::contains);
    assertThat(seen.folder().resolve("passwd")).content().startsWith("muster:x:1000");
    assertThat(SeenEtc.copied(job.looking(List.of(Path.of("/etc/hostname"))), etc())).isNull();
  }

  private EtcFolder etc() throws IOException {
    Files.writeString(data.resolve("passwd"), "muster:x:1000:1000::/tmp:/bin/bash\n");
    Files.writeString(data.resolve("group"), "muster:x:1000:\n");
    return new EtcFolder(data.resolve("etc"), data);
  }

  /// A thread that has it laid.
  private ProcessLauncher laying(EtcFolder etc, boolean network) throws IOException {
    var launcher = ProcessLauncher.own();
    return launcher.run(() -> {
      OwnedViews.show(List.of(), data, 64_100, ProcessLauncher::start);
      etc.lay(network);
      return launcher;
    });
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
