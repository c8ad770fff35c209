package dev.muster.node.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreludeTest {
  @TempDir Path folder;

  @Test
  void nothingBeginsWhenWhoWouldLetItGoOnHasDied() throws Exception {
    var begun = folder.resolve("begun");
    var builder =
        new ProcessBuilder(Prelude.before(null, List.of("touch", begun.toString())))
            .redirectInput(new File("/dev/null"));

    assertThat(builder.start().waitFor()).isEqualTo(125);
    assertThat(begun).doesNotExist();
  }

  @Test
  void theCommandFindsItsFileOpenAndHasNoInput() throws Exception {
    var file = Files.writeString(folder.resolve("file"), "of the node\n");
    var script = "cat <&" + Prelude.FILE_FD + "; cat";
    var builder = new ProcessBuilder(Prelude.before(file, List.of("bash", "-c", script)));

    var process = new Prelude(null, null, Leave.GIVEN).start(ProcessLauncher.lasting(), builder);

    assertThat(process.getInputStream().readAllBytes()).asString().isEqualTo("of the node\n");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void nothingBeginsWithoutItsFile() throws Exception {
    var begun = folder.resolve("begun");
    var command = List.of("touch", begun.toString());
    var builder = new ProcessBuilder(Prelude.before(folder.resolve("none"), command));

    assertThat(
            new Prelude(null, null, Leave.GIVEN)
                .start(ProcessLauncher.lasting(), builder)
                .waitFor())
        .isNotZero();
    assertThat(begun).doesNotExist();
  }
}
