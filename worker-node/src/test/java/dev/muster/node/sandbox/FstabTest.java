package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FstabTest {
  private final Fstab fstab = new Fstab(Path.of("/root of it"));

  @Test
  void everyMountIsOneLineBelowTheRoot() {
    fstab.make("tmpfs", Path.of("/tmp"), "size=1m");
    fstab.bind(Path.of("/usr"), Path.of("/usr"));
    fstab.remount(Path.of("/usr"), "ro");
    assertThat(fstab.toString())
        .isEqualTo(
            """
            muster-tmpfs /root\\040of\\040it/tmp tmpfs size=1m 0 0
            /usr /root\\040of\\040it/usr none rbind,X-mount.mkdir 0 0
            none /root\\040of\\040it/usr none remount,bind,ro 0 0
            """);
  }

  @Test
  void noNameBreaksOutOfItsField() {
    fstab.bindFile(Path.of("/a\n# \\\tb"), Path.of("/c"));
    assertThat(fstab.toString())
        .isEqualTo("/a\\012\\043\\040\\134\\011b /root\\040of\\040it/c none bind 0 0\n");
  }
}
