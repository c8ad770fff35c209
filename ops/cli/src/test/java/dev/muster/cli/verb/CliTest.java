package dev.muster.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.stub.CliBench;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CliTest {
  @TempDir Path folder;
  private CliBench bench;

  @BeforeEach
  void open() {
    bench = new CliBench(folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theHelpIsAsItWasAgreed() throws IOException {
    assertThat(bench.muster("--help")).isZero();
    assertThat(bench.out()).isEqualTo(golden("help.txt"));
    assertThat(bench.muster("run", "--help")).isZero();
    assertThat(bench.out()).isEqualTo(golden("help-run.txt"));
  }

  @Test
  void everyHelpFitsEightyColumnsAndHasAnExampleThatIsUnderstood() {
    var root = new Cli(bench.context()).commandLine(List.of());
    var looked = new ArrayList<String>();
    look(root, looked);
    assertThat(looked).hasSizeGreaterThan(40).contains("muster runs events", "muster cluster down");
  }

  private void look(CommandLine command, List<String> looked) {
    var name = command.getCommandSpec().qualifiedName();
    var help = command.getUsageMessage();
    assertThat(help.lines()).as(name).allMatch(line -> line.length() <= 80);
    if (!name.equals("muster")) {
      var example = help.lines().filter(line -> line.startsWith("Example: ")).findFirst();
      assertThat(example).as(name).isPresent();
      if (!name.endsWith("completion")) {
        var words = example.orElseThrow().replaceFirst("Example: muster ", "");
        assertThat(words).startsWith(name.substring("muster ".length()));
        new Cli(bench.context()).commandLine(List.of()).parseArgs(shellWords(words));
      }
    }
    looked.add(name);
    command.getSubcommands().values().stream()
        .filter(it -> !it.getCommandSpec().usageMessage().hidden())
        .forEach(it -> look(it, looked));
  }

  /// Quoted ones are one word.
  private static String[] shellWords(String line) {
    return Pattern.compile("'([^']*)'|(\\S+)")
        .matcher(line)
        .results()
        .map(it -> it.group(1) == null ? it.group(2) : it.group(1))
        .toArray(String[]::new);
  }

  private String golden(String name) throws IOException {
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(Path.of("src/test/resources/golden", name), bench.out());
    }
    try (var in = CliTest.class.getResourceAsStream("/golden/" + name)) {
      assertThat(in).as("golden/" + name).isNotNull();
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aVerbThatIsNotThereIsTwoWithASuggestion() {
    assertThat(bench.muster("resme")).isEqualTo(2);
    assertThat(bench.err()).contains("did you mean").contains("resume").contains("muster --help");
    assertThat(bench.muster("nonsense")).isEqualTo(2);
    assertThat(bench.err()).doesNotContain("instructions");
    assertThat(bench.muster("")).isEqualTo(2);
    assertThat(bench.err()).contains("found ''").doesNotContain("Exception");
  }

  @Test
  void noVerbIsTwoWithTheHelpOnStderr() {
    assertThat(bench.muster()).isEqualTo(2);
    assertThat(bench.out()).isEmpty();
    assertThat(bench.err()).contains("Usage: muster VERB");
    assertThat(bench.muster("runs")).isEqualTo(2);
    assertThat(bench.err()).contains("muster runs");
  }

  @Test
  void flagsStandBeforeOrAfterTheVerb() {
    assertThat(bench.muster("-o", "name", "version")).isZero();
    assertThat(bench.out()).isEqualTo("1.2.3\n");
    assertThat(bench.muster("version", "-o", "json")).isZero();
    assertThat(bench.out()).startsWith("{\"version\":\"1.2.3\"");
  }

  @Test
  void aTimeThatIsNoneIsTwo() {
    assertThat(bench.muster("status", "--timeout", "soon")).isEqualTo(2);
    assertThat(bench.err()).contains("expected a time such as 30s");
  }

  @Test
  void theVersionIsAFlagToo() {
    assertThat(bench.muster("version")).isZero();
    var words = bench.out();
    for (var flag : new String[] {"--version", "-V"}) {
      assertThat(bench.muster(flag)).isZero();
      assertThat(bench.out()).isEqualTo(words);
    }
    assertThat(bench.muster("-o", "name", "--version")).isZero();
    assertThat(bench.out()).isEqualTo("1.2.3\n");
  }

  @Test
  void settingsShowTheirOrigin() throws IOException {
    Files.writeString(folder.resolve("muster.conf"), "slots = 1\n");
    bench.environment.put("MUSTER_DATABASE_PASSWORD", "hush");
    assertThat(bench.muster("config", "view", "--origin", "--data", "d")).isZero();
    assertThat(bench.out())
        .contains("flag --data")
        .contains("muster.conf:1")
        .contains("environment MUSTER_DATABASE_PASSWORD")
        .doesNotContain("hush");
  }

  @Test
  void initWritesAWorkforceOnce() {
    assertThat(bench.muster("init", "mine")).isZero();
    assertThat(folder.resolve("mine/WORKER_001_List.md")).exists();
    assertThat(folder.resolve("mine/TEN_POINT.md")).content().contains("## EXECUTION blocks");
    assertThat(folder.resolve("muster.conf")).exists();
    assertThat(bench.muster("config", "view")).isZero();
    assertThat(bench.muster("init", "mine")).isEqualTo(5);
  }

  @Test
  void initAsksAtATerminalAndWritesWhatItHeard() throws Exception {
    var user = folder.resolve("home/muster/muster.conf");
    bench.environment.put("XDG_CONFIG_HOME", folder.resolve("home").toString());
    bench.types("none of these\nollama\n\nqwen3:8b\nn\n");
    assertThat(bench.muster("init", "mine")).isZero();
    assertThat(bench.err()).contains("There is no kind 'none of these'", "muster lint mine");
    assertThat(user).content().contains("ollama", "\"ollama/qwen3:8b\"").doesNotContain("key");
    assertThat(Files.getPosixFilePermissions(user)).hasSize(2);
    assertThat(bench.muster("config", "view")).as("it is understood").isZero();
    assertThat(InitGuide.settings("openai", "gpt-4", "https://a.example/v1", user))
        .contains("key = \"file:" + user, "url = \"https://a.example/v1\"");
    bench.types("ftp://a.example\nhttps://hooks.example/muster\n");
    assertThat(bench.muster("init", "other")).isZero();
    assertThat(bench.err()).contains("Language models are set up in", "That will not do: ");
    var key = folder.resolve("home/muster/keys/webhook");
    assertThat(user).content().contains("\"https://hooks.example/muster\"", "\"file:" + key);
    assertThat(Files.readString(key).strip()).hasSize(64);
    assertThat(Files.getPosixFilePermissions(key)).hasSize(2);
    assertThat(bench.muster("config", "view")).as("it is understood").isZero();
  }

  @Test
  void theFormatIsPrintedWholeOrByTopicAndLintLeadsToIt() throws Exception {
    assertThat(bench.muster("instructions", "format")).isZero();
    assertThat(bench.out()).contains("# The ten-point instruction file").contains("### low-score");
    assertThat(bench.muster("instructions", "format", "masked-test")).isZero();
    assertThat(bench.out()).startsWith("### masked-test\n*warning*").doesNotContain("### invalid");
    assertThat(bench.muster("instructions", "format", "nothing")).isEqualTo(3);
    assertThat(bench.err()).contains("masked-test");
    assertThat(bench.muster("instructions", "check", ".")).isEqualTo(2);
    assertThat(bench.err()).contains("is a folder").contains("muster lint");
    Files.writeString(folder.resolve("WORKER_001_A.md"), "# Worker 1\n");
    bench.muster("lint", ".");
    assertThat(bench.out()).contains("muster instructions format no-test");
  }

  @Test
  void completionsAreMadeForBothShells() throws Exception {
    assertThat(bench.muster("completion", "bash")).isZero();
    var script = folder.resolve("completion.bash");
    Files.writeString(script, bench.out());
    assertThat(new ProcessBuilder("bash", "-n", script.toString()).start().waitFor()).isZero();
    assertThat(bench.out()).contains("resume").contains("--no-input");
    assertThat(bench.muster("completion", "zsh")).isZero();
    assertThat(bench.out()).contains("bashcompinit");
    assertThat(bench.muster("completion", "fish")).isEqualTo(2);
  }

  @Test
  void theVersionIsAnsweredAsAVerbAndAsAFlag() {
    assertThat(bench.muster("version")).isZero();
    var said = bench.out();
    assertThat(bench.muster("--version")).isZero();
    assertThat(bench.out()).isEqualTo(said);
    assertThat(bench.muster("--version", "-o", "name")).isZero();
    assertThat(said).contains(bench.out().strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "foo                       | expected a verb, found 'foo'",
        "waves foo                 | expected launch or list, found 'foo'",
        "status foo                | expected nothing more for muster status, found 'foo'",
        "status --foo              | expected flags of muster status, found '--foo'",
        "run                       | expected FOLDER, found nothing",
        "waves                     | expected launch or list, found nothing",
        "lint . --min-score x      | --min-score: expected a whole number, found 'x'",
        "reject apr_1              | expected --reason=TEXT, found nothing",
        "runs list -o yaml         | expected table, wide, json, jsonl or name, found 'yaml'",
        "status --timeout 5x       | expected a time such as 30s, 5m or 2h, found '5x'",
        "completion fish           | expected bash or zsh, found 'fish'"
      })
  void whatIsWrongWithACommandLineIsSaidAsExpectedAndFound(String command, String said) {
    assertThat(bench.muster(command.split(" "))).isEqualTo(2);
    assertThat(bench.err()).contains(said).contains("  try: muster").doesNotContain("index");
  }

  @Test
  void bashOffersVerbsAndValuesAsTheyAreWritten() throws Exception {
    assertThat(bench.muster("completion", "bash")).isZero();
    var script = Files.writeString(folder.resolve("completion.bash"), bench.out());
    var tried =
        "source \"$0\"; f=$(complete -p muster | sed 's/.*-F \\([^ ]*\\).*/\\1/'); offered() {"
            + " COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); $f 2>/dev/null;"
            + " echo \"${COMPREPLY[*]}\"; }; offered muster ru; offered muster runs li;"
            + " offered muster run --app; offered muster status -o j";
    var bash = new ProcessBuilder("bash", "-c", tried, script.toString()).start();
    assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
        .containsExactly("run runs", "list", "--approve", "json jsonl");
  }

  @Test
  void theDoctorSaysWhatItFound() {
    bench.environment.put("PATH", "/nonexistent");
    assertThat(bench.muster("doctor")).isEqualTo(1);
    assertThat(bench.out()).contains("no bash, no awk");
    assertThat(bench.out())
        .containsPattern("bubblewrap in |util-linux in .*bubblewrap starts|install bubblewrap");
    bench.environment.put("PATH", System.getenv("PATH"));
    bench.muster("doctor", "-o", "json");
    assertThat(bench.out()).contains("\"check\" : \"sandbox\"");
  }
}
