package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever stands in backticks in an item is owed, or a finding at its line says that it is not.
class DeliverablesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.txt",
        "model.pkl",
        "out/my report.txt",
        "Release Notes.md",
        ".gitignore",
        "notes.docx",
        "Makefile",
        "LICENSE",
        "Dockerfile",
        "Dockerfile.test",
        "README",
        "src/main",
        "bin/tool",
        ".github/workflows/ci.yml",
        ".env.example",
        "out/data.xyz",
        "archive.tar.gz",
        "DATA.CSV",
        "weights.gguf.bin",
        "übersicht.txt",
        "a+b.txt",
        "x_y-z.v2.json",
        "c++.md",
        ".config/x"
      })
  void aPathIsOwed(String path) {
    assertThat(owed("- [ ] `" + path + "`: the result")).containsExactly(path);
    assertThat(findings("- [ ] `" + path + "`: the result")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "out/",
        "*.csv",
        "out/**/*.py",
        "<name>.md",
        "{id}.json",
        "report-${DATE}.txt",
        "{a,b}.txt",
        "$OUT/report.txt",
        "/Volumes/x/y.py",
        "~/x",
        "~/x.txt",
        "../x",
        "a/../../x.txt",
        "out\\report.txt",
        "report (final).txt",
        "it's.txt",
        "src/a.py:12",
        "data.xyz",
        "os.path",
        "out/a\u200B.txt",
        "out/[id].tsx",
        "report-XXX.md",
        "C#.md",
        ".unknownthing"
      })
  void aPathNobodyCanDeliverIsAFindingThatNamesIt(String path) {
    var item = "- [ ] `out/a.txt`\n- [ ] `" + path + "`: the result";

    assertThat(owed(item)).containsExactly("out/a.txt");
    assertThat(findings(item))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.code()).isEqualTo(Code.INVALID_DELIVERABLE);
          assertThat(finding.severity()).isEqualTo(Severity.WARNING);
          assertThat(finding.message()).startsWith("`" + path.replace('\u200B', '?') + "` ");
          assertThat(finding.line()).isEqualTo(line("- [ ] `" + path + "`"));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class Foo",
        "main()",
        "SELECT 1",
        "--flag",
        "pip install x",
        "python main.py",
        "Scanner",
        "__init__",
        "Scanner.__init__",
        "f(x: str) -> bool",
        "a = b.c",
        "https://x.y/z.json",
        "./run.sh out.txt",
        "cat out/a.txt",
        "GET /approvals/{id}",
        "1.2.3",
        "@types/node",
        ".py",
        "pytest tests/",
        "{\"a\": \"b\"}",
        "-o out.txt",
        "foo.bar()",
        "report",
        "localhost:8080"
      })
  void codeIsNotOwedAndLintTells(String code) {
    var item = "- [ ] `out/a.txt` with `" + code + "`";

    assertThat(owed(item)).containsExactly("out/a.txt");
    assertThat(findings(item))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.code()).isEqualTo(Code.NO_DELIVERABLE);
          assertThat(finding.severity()).isEqualTo(Severity.INFO);
          assertThat(finding.message()).contains("`" + code + "`");
          assertThat(finding.raised().severity()).isEqualTo(Severity.INFO);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- [ ] Create file: `data.xyz`",
        "- **File:** `data.xyz`",
        "- the script `data.xyz` runs",
        "1. Files: `data.xyz`"
      })
  void whatIsCalledAFileIsOwedWhateverItsEnding(String item) {
    assertThat(owed(item)).containsExactly("data.xyz");
  }

  @Test
  void itemsAreFoundWhereverTheyStand() {
    assertThat(
            owed(
                """
                Some words.

                ### Reports
                - [x] `a.txt` and `b.txt`
                  - nested: `c.txt`
                    goes on with `d.txt`
                * `e.txt, f.txt`
                1. ``g.txt``

                ### Tables
                | File | What |
                | --- | --- |
                | `h.txt` | text |
                | i.txt | text |
                """))
        .containsExactly(
            "a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "f.txt", "g.txt", "h.txt", "i.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- [ ] out/report.txt: the report", "- out/report.txt", "- **out/report.txt** - the report",
        "- [ ] File: out/report.txt", "- [ ] Create file: out/report.txt",
            "* out/report.txt (text)",
        "- `out/report.txt: the report"
      })
  void anItemThatBeginsWithAPathOwesItWithoutBackticksToo(String item) {
    assertThat(owed(item)).containsExactly("out/report.txt");
    assertThat(findings(item)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- Write the report to out/report.txt", "- [the report](out/report.txt)",
        "- a\n\nIt goes to `out/report.txt` in the end.", "- a\n\n---\n- `out/report.txt`",
        "- a\n```\nout/report.txt\n```", "- a\n```\nout\n├── out/report.txt\n```"
      })
  void aPathThatStandsElsewhereIsAFinding(String text) {
    assertThat(owed(text)).isEmpty();
    assertThat(findings(text))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.code()).isEqualTo(Code.INVALID_DELIVERABLE);
          assertThat(finding.message()).contains("`out/report.txt` stands").endsWith("is not owed");
        });
  }

  @Test
  void wordsAreNoFindings() {
    assertThat(findings("- Node.js is there, e.g. v1.2 and/or 3.x (see http://a.b/c.json)"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<project>-report.md: one per project", "out/<name>.json", "<name>.md"})
  void aPlaceholderWithoutBackticksIsNotOwed(String item) {
    assertThat(owed("- `out/a.txt`\n- " + item)).containsExactly("out/a.txt");
    assertThat(findings("- `out/a.txt`\n- " + item))
        .singleElement()
        .satisfies(it -> assertThat(it.message()).contains("holds a placeholder"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<out/a.txt>", "**<out/a.txt>**: the result", "File: <out/a.txt>."})
  void aPathInAngleBracketsIsOwed(String item) {
    assertThat(owed("- " + item)).containsExactly("out/a.txt");
  }

  @Test
  void moreThanAThousandAreSaidToBeTooMany() {
    var items = new StringBuilder();
    for (var n = 0; n < 1_002; n++) items.append("- `out/").append(n).append(".txt`\n");

    assertThat(owed(items.toString())).hasSize(1_000);
    assertThat(findings(items.toString()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("one more than the 1000"));
  }

  private static List<String> owed(String section) {
    var instruction = Sample.of(1).section("DELIVERABLES", section).compile();
    return instruction.deliverables().all().stream().map(Deliverables.Path::path).toList();
  }

  private static List<Finding> findings(String section) {
    return Sample.of(1).section("DELIVERABLES", section).compile().findings().stream()
        .filter(f -> f.code() == Code.INVALID_DELIVERABLE || f.code() == Code.NO_DELIVERABLE)
        .toList();
  }

  /// In a sample whose second item it is.
  private static int line(String item) {
    var text = Sample.of(1).section("DELIVERABLES", "- [ ] `out/a.txt`\n" + item).text();
    return (int) text.substring(0, text.indexOf(item)).lines().count() + 1;
  }
}
