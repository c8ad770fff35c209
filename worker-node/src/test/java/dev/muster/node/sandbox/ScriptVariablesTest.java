package dev.muster.node.sandbox;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ScriptVariablesTest {
  @Test
  void theFormatsReferenceNamesEveryVariableOfAScriptAndNoOther() throws IOException {
    var text = Files.readString(Path.of("..", "ops", "docs", "ten-point.md"));
    var here = Path.of(".");
    var job = Job.plain(new Job.Names("run", "WORKER_001", 1), here, here, here, here, List.of());

    var variables = Launch.environment(job, List.of(), here, "/t", "/i", here).keySet();

    assertThat(Pattern.compile("MUSTER_[A-Z_]+").matcher(text).results().map(m -> m.group()))
        .containsAll(variables.stream().filter(it -> it.startsWith("MUSTER_")).toList())
        .isSubsetOf(variables);
    assertThat(variables.stream().filter(it -> !it.startsWith("MUSTER_")).collect(toSet()))
        .allSatisfy(it -> assertThat(text).contains("`" + it + "`"));
  }
}
