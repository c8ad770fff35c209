package dev.muster.orchestrator.engine.instruction;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files as other people, editors and generators write them: what a careful reader understands, and
/// what is said where nobody can know.
class OtherHandsTest extends Shaped {
  private static final String HEADING = "(?m)^## (\\d+)\\. ([A-Z_]+)$";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# $1. $2",
        "**$1. $2**",
        "**$2:**",
        "$1. $2\n-----------",
        "$1. $2",
        "##\u00A0$1.\u00A0$2",
        "##\u200B $1. $2",
        "## $1. $2 {#point-$1}",
        "## 3.$1 $2",
        "## 3.$1. $2 {.unnumbered}"
      })
  void executionIsReadWhereThePointsAreWrittenSo(String heading) {
    var instruction = compile(sample().text().replaceAll(HEADING, heading));

    assertThat(requireNonNull(instruction.compiled()).blocks()).hasSize(1);
    assertThat(codes(instruction)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"**EXECUTION**", "EXECUTION\n---", "# EXECUTION", "EXECUTION"})
  void whereTheyAreNotSuchAHeadingRunsNothing(String heading) {
    var notes = "Once this was run:\n\n" + heading + "\n\n```bash\nrm -rf x\n```";
    var text = sample().without("EXECUTION").without("MITIGATION").section("NOTES", notes).text();

    assertThat(requireNonNull(compile(text).compiled()).blocks()).isEmpty();
    assertThat(requireNonNull(compile(text + "\n**MITIGATION**\n\n- None").compiled()).blocks())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "DELIVERABLES,LIVRABLES", "DEPENDENCIES,DÉPENDANCES", "TEST_PROCESS,PRUEBAS",
    "TEST_PROCESS,How to test", "DEPENDENCIES,Depends on", "BOUNDARIES,Límites",
    "DEPENDENCIES,依赖", "DELIVERABLES,成果物", "TEST_PROCESS,Verification"
  })
  void aNameInOtherWordsIsReadAndSaid(String name, String written) {
    var instruction = compile(sample().text().replace(name, written));

    assertThat(codes(instruction)).containsExactly(Code.MISSPELT_NAME);
    assertThat(references(instruction)).containsExactly("WORKER_003");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "## Metadata\n\n- **Priority:** 4\n- **Dependencies:** WORKER_003",
        "```yaml\npriority: 4\ndependencies: [WORKER_003]\n```",
        "Priority: 4\nDepends: 003",
        "Priority: 4\nBlocked by: WORKER_003"
      })
  void fieldsAreReadInOtherPlaces(String fields) {
    assertFields(sample().heading("# Worker 007: Sample\n\n" + fields));
  }

  @Test
  void anObjectAboveTheHeadingIsFrontMatter() {
    var json = "{\n  \"priority\": 4, \"tags\": [],\n  \"dependencies\": [\"WORKER_003\"]\n}\n\n";

    assertFields(sample().heading(json + "# Worker 007: Sample"));
  }

  private static void assertFields(Sample sample) {
    var text = sample.withoutMetadata("Priority").withoutMetadata("Phase").dependsOn("None").text();
    var instruction = compile(text);

    assertThat(codes(instruction)).isEmpty();
    assertThat(instruction.placement().priority()).isEqualTo(4);
    assertThat(references(instruction)).containsExactly("WORKER_003");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- [Peer 4](WORKER_004_Peer.md)       | it stands in the name of a file",
        "- tasks 3 and 4                      | it names nobody",
        "- the results of step 3              | it names nobody"
      })
  void whoMayBeMeantIsSaid(String line, String said) {
    var instruction = compile(sample().section("DEPENDENCIES", line).text());

    assertThat(references(instruction)).isEmpty();
    assertThat(instruction.findings())
        .singleElement()
        .satisfies(it -> assertThat(it.message()).endsWith("is not waited for: " + said));
  }

  @Test
  void whoTakesTheOutputIsNotWaitedFor() {
    var text = sample().dependsOn("Input from: WORKER_003", "Output to: WORKER_004").text();

    assertThat(references(compile(text))).containsExactly("WORKER_003");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- out/a.txt: as `lib/b.py` has it     | out/a.txt, lib/b.py |",
        "- _out/a.txt_                         | out/a.txt |",
        "- <code>out/a.txt</code>              | out/a.txt |",
        "- ~~`out/old.txt`~~ `out/a.txt`       | out/a.txt | struck out",
        "- Delete `out/old.txt`                |           | to be deleted",
        "- out/b.txt or `out/a.txt`            | out/a.txt | without backticks",
        "- Write `out/a.txt`, delete `b/c.txt` | out/a.txt, b/c.txt |",
        "- Do not touch `out/b.txt`            |           | what not to do",
        "- Read `in/b.csv`, write `out/a.txt`  | out/a.txt | to be read",
        "- `a.md`, from `b.csv`                | a.md      | source or an example",
        "- `path/to/report.md`                 |           | placeholder",
        "- No changes to `src/a.py`            |           | what not to do",
        "- `a.log` (on failure)                |           | is optional",
        "- `out/a.txt`（可选）                 |           | is optional",
        "- 删除 `old/a.txt`                    |           | to be deleted",
        "- *out/a.txt*: the list               | out/a.txt |",
        "- Requires `in/a.csv`                 |           | to be read",
        "- `out/a.txt` (optional)              |           | is optional"
      })
  void whatAnItemSaysOfItsPathCounts(String item, String owed, String said) {
    var instruction = compile(sample().section("DELIVERABLES", item).text());

    assertThat(paths(instruction))
        .isEqualTo(owed == null ? List.of() : List.of(owed.split(", ", -1)));
    var reasons =
        instruction.findings().stream()
            .filter(it -> it.code() == Code.INVALID_DELIVERABLE)
            .map(Finding::message)
            .toList();
    if (said == null) assertThat(reasons).isEmpty();
    else assertThat(reasons).singleElement().asString().contains(said);
  }

  @Test
  void filesBelowAFolderLieInIt() {
    var items =
        """
        - `out/`
          - a.txt
          - parts/
            - `b.txt`: the second
          - out/c.txt
        - d.txt
        """;

    var instruction = compile(sample().section("DELIVERABLES", items).text());

    assertThat(paths(instruction))
        .containsExactly("out/a.txt", "out/parts/b.txt", "out/c.txt", "d.txt");
    assertThat(codes(instruction)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "if it takes > 10 minutes warn, > 20 minutes abort | PT20M",
        "warn after 5 min; kill after 1 h                  | PT1H",
        "abort if >5 minutes, normal are 2 minutes         | PT5M",
        "if it takes >20 minutes, abort                    | PT20M"
      })
  void theTimeBesideTheEndIsTheLimit(String said, Duration limit) {
    var text = sample().section("PERFORMANCE_REQUIREMENTS", "- Degradation limit: " + said).text();

    assertThat(requireNonNull(compile(text).timeLimit()).limit()).isEqualTo(limit);
  }

  @ParameterizedTest
  @CsvSource({"5 Minuten,PT5M", "1 Stunde,PT1H", "90 Sekunden,PT90S", "2 Tage,PT48H"})
  void timesInGermanAreRead(String said, Duration time) {
    assertThat(Durations.in(said)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Expected output:", "**Output**", "Example result:"})
  void whatATestPrintsIsNoTest(String above) {
    var test = "```bash\ntest -f out/a.txt\n```\n\n" + above + "\n\n```\nok\n```";
    var instruction = compile(sample().section("TEST_PROCESS", test).text());

    assertThat(instruction.tests()).isEqualTo(1);
    assertThat(codes(instruction)).containsExactly(Code.IGNORED_BLOCK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{.bash}", "{bash}", "{.sh}"})
  void aLanguageInBracesIsOne(String info) {
    var test = "```" + info + "\ntest -f out/a.txt\n```";

    assertThat(compile(sample().section("TEST_PROCESS", test).text()).tests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"% ls", "me@host:~/x$ ls", "root@host:/# ls"})
  void promptsOfOtherShellsAreSaid(String line) {
    var instruction = compile(sample().section("EXECUTION", "```bash\n" + line + "\n```").text());

    assertThat(codes(instruction)).containsExactly(Code.UNCLEAR_SCRIPT);
  }

  @Test
  void moreWorkUnderAnotherHeadingIsSaidNotToBeRun() {
    var text = sample().section("Execution steps", "```bash\nx\n```").text();

    assertThat(codes(compile(text))).containsExactly(Code.IGNORED_BLOCK);
  }

  @Test
  void twoWorkersInOneFileAreSaid() {
    var findings = compile(sample().text() + "\n" + Sample.of(8).text()).findings();

    assertThat(findings)
        .filteredOn(it -> it.code() == Code.ID_MISMATCH)
        .singleElement()
        .satisfies(it -> assertThat(it.message()).startsWith("a second heading says WORKER_008"));
  }

  @Test
  void aFolderWhoseFilesAreAllCalledOtherwiseNamesThem(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("007_sample.md"), sample().text());
    Files.writeString(folder.resolve("README.md"), "# What this is\n\nWORKER_007 does it.\n");

    assertThat(Workforce.read(folder).instructions())
        .singleElement()
        .satisfies(it -> assertThat(codes(it)).containsExactly(Code.MISNAMED_FILE));
  }

  @Test
  void fieldsAreReadAsDefinitions() {
    var fields = "# Worker 007: Sample\n\nPriority\n: 4\n\nDependencies\n: WORKER_003";

    assertFields(sample().heading(fields));
  }

  private static List<String> paths(Instruction instruction) {
    return instruction.deliverables().files().stream().map(Deliverables.Path::path).toList();
  }
}
