package dev.muster.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `ops/docs/client.md` shows, as it is written there, with a node of this build.
class ClientExampleTest {
  @TempDir Path folder;

  @Test
  void theExampleInTheDocumentationCompilesAndRuns() throws Exception {
    var page = Files.readString(Muster.repository().resolve("ops/docs/client.md"));
    var from = page.indexOf("```java\n") + "```java\n".length();
    var example = Files.createDirectories(folder.resolve("example"));
    var source = example.resolve("Example.java");
    Files.writeString(source, page.substring(from, page.indexOf("```", from)));
    compile(source, example);

    var muster = new Muster(folder);
    try (var _ = muster.up()) {
      var file = muster.data().resolve("node.json");
      var url = Journal.parse(Files.readString(file)).path("url").asText();
      var token = Files.readString(muster.data().resolve("operator.token")).strip();
      var hello = Muster.repository().resolve("instructions/hello").toString();
      assertThat(printed(example, url, token, hello).lines())
          .containsExactly("WORKER_001 REHEARSED", "WORKER_002 REHEARSED", "WORKER_003 REHEARSED");
    }
  }

  private static void compile(Path source, Path to) {
    var said = new ByteArrayOutputStream();
    var arguments = List.of("-proc:none", "-d", to.toString(), "-cp", Muster.classPath());
    var all = new ArrayList<>(arguments);
    all.add(source.toString());
    var exit =
        ToolProvider.getSystemJavaCompiler().run(null, said, said, all.toArray(String[]::new));
    assertThat(exit).as(said.toString(UTF_8)).isZero();
  }

  /// In a JVM of its own, as a program would be.
  private String printed(Path classes, String... arguments) throws Exception {
    var line = new ArrayList<>(Muster.jvm());
    line.addAll(ClassArchive.options());
    line.addAll(List.of("-cp", Muster.classPath() + File.pathSeparator + classes));
    line.add("Example");
    line.addAll(List.of(arguments));
    var err = folder.resolve("example.err").toFile();
    var process = new ProcessBuilder(line).redirectError(err).start();
    var out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(Files.readString(err.toPath())).isZero();
    return out;
  }
}
