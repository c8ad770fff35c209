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

  private static final String TEST = "```bash\ntest -s out/WORKER_007.txt\n```\n\n";

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
    "TEST_PROCESS,How to test", "DEPENDENCIES,Depends on", "BOUNDARIES,Límites"
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
        "- Write `out/a.txt`, delete `b/c.txt` | out/a.txt, b/c.txt |",
        "- Do not touch `out/b.txt`            |           | what not to do",
        "- Read `in/b.csv`, write `out/a.txt`  | out/a.txt | to be read",
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<details>\n<summary>4. DEPENDENCIES</summary>\n\n- WORKER_003\n</details>",
        "<details open><summary><b>Dependencies</b></summary>\n\n- WORKER_003\n\n</details>",
        "Dependencies\n: WORKER_003",
        "DEPENDENCIES\n:   WORKER_003"
      })
  void thePointIsReadInOtherShapes(String point) {
    var instruction =
        compile(sample().without("DEPENDENCIES").section("TEST_PROCESS", TEST + point).text());

    assertThat(references(instruction)).containsExactly("WORKER_003");
    assertThat(codes(instruction)).isEmpty();
    assertThat(instruction.tests()).isEqualTo(1);
  }

  @Test
  void whatIsToBeRunIsNotFoldedAway() {
    var folded = "<details><summary>EXECUTION</summary>\n\n```bash\nrm -rf x\n```\n</details>";
    var text = sample().without("EXECUTION").section("RETROSPECTIVE", folded).text();

    assertThat(requireNonNull(compile(text).compiled()).blocks()).isEmpty();
    assertThat(codes(compile(text))).contains(Code.MISSPELT_NAME);
  }

  @Test
  void fieldsAreReadAsDefinitions() {
    var fields = "# Worker 007: Sample\n\nPriority\n: 4\n\nDependencies\n: WORKER_003";

    assertFields(sample().heading(fields));
  }

  @Test
  void ofPointsInATableTheDependenciesAreReadAndTheOthersSaid() {
    var table =
        """
        # Worker 007: Sample

        | Point | Content |
        |---|---|
        | Priority | 4 |
        | **4. DEPENDENCIES** | WORKER_003 |
        | 5. MITIGATION | Delete the file |
        """;
    var sample = sample().heading(table).without("DEPENDENCIES").without("MITIGATION");
    var instruction = compile(sample.withoutMetadata("Priority").withoutMetadata("Phase").text());

    assertThat(references(instruction)).containsExactly("WORKER_003");
    assertThat(instruction.placement().priority()).isEqualTo(4);
    assertThat(instruction.findings())
        .filteredOn(it -> it.code() == Code.MISSPELT_NAME)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.line()).isEqualTo(7);
          assertThat(it.message()).contains("Delete the file").endsWith("It is not read.");
        });
  }

  @Test
  void aTableInAnotherSectionIsSaidNotToBeRead() {
    var table = "| Point | Content |\n|---|---|\n| DEPENDENCIES | WORKER_003 |";
    var instruction = compile(sample().without("DEPENDENCIES").section("NOTES", table).text());

    assertThat(references(instruction)).isEmpty();
    assertThat(codes(instruction)).contains(Code.MISSPELT_NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "---\n\n**Priority:** 4\n**Dependencies:** WORKER_003",
        "---\nPriority: 4\nDepends on: WORKER_003",
        "**Priority:** 4\n**Dependencies:** WORKER_003"
      })
  void theEndOfAFileIsRead(String end) {
    var sample = sample().withoutMetadata("Priority").withoutMetadata("Phase");
    var instruction = compile(sample.without("DEPENDENCIES").text() + "\n" + end + "\n");

    assertThat(references(instruction)).containsExactly("WORKER_003");
    assertThat(instruction.placement().priority()).isEqualTo(4);
  }

  @Test
  void besideThePointItsEndIsOnlyAMention() {
    var text = sample().text() + "\n---\n\nPriority: 2\nDependencies: WORKER_004\n";
    var instruction = compile(text);

    assertThat(references(instruction)).containsExactly("WORKER_003");
    assertThat(instruction.placement().priority()).isEqualTo(4);
    assertThat(codes(instruction)).containsExactly(Code.UNCLEAR_DEPENDENCY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WORKER_003 OR WORKER_004                       | 'WORKER_003 OR WORKER_004'",
        "Depends on: either worker 3 or 4               | '3 or 4'",
        "WORKER_003 (the list), or WORKER_004 is done   | '003 (the list), or WORKER_004'",
        "WORKER_003 oder WORKER_004                     | '003 oder WORKER_004'",
        "or WORKER_003, WORKER_004                      | 'or WORKER_003'"
      })
  void eitherOfTwoIsBothAndSaid(String line, String said) {
    var instruction = compile(sample().dependsOn(line).text());

    assertThat(references(instruction)).hasSize(2);
    assertThat(instruction.findings())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.code()).isEqualTo(Code.UNCLEAR_DEPENDENCY);
          assertThat(it.message())
              .contains(said.replace("'", ""))
              .endsWith("each of them is waited for");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"- `out/a.txt` or `out/b.txt`", "- **`out/a.txt`**, or **`out/b.txt`**"})
  void eitherOfTwoFilesIsBothAndSaid(String item) {
    var instruction = compile(sample().section("DELIVERABLES", item).text());

    assertThat(paths(instruction)).containsExactly("out/a.txt", "out/b.txt");
    assertThat(codes(instruction)).containsExactly(Code.INVALID_DELIVERABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"- `out/a.txt or out/b.txt`", "- out/a.txt or out/b.txt"})
  void eitherOfTwoFilesWrittenAsOneIsSaid(String item) {
    var instruction = compile(sample().section("DELIVERABLES", item).text());

    assertThat(codes(instruction)).isNotEmpty();
  }

  @Test
  void whereOnlyOutputStandsTheFindingSaysWhatToDo() {
    var output = "Expected output:\n\n```\ntest -f out/a.txt\n```";
    var findings = compile(sample().section("TEST_PROCESS", output).text()).findings();

    assertThat(findings)
        .filteredOn(it -> it.code() == Code.NO_TEST)
        .singleElement()
        .satisfies(it -> assertThat(it.fix()).startsWith("Mark the block in line "));
  }

  private static List<String> paths(Instruction instruction) {
    return instruction.deliverables().files().stream().map(Deliverables.Path::path).toList();
  }
}
