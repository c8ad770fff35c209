package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Spoils good files at random, byte by byte and line by line. Whatever comes out compiles to
/// something, and findings always point into the file. `-Dfuzz.iterations=N` runs more seeds, each
/// of 20 files.
class InstructionFuzzTest {
  private static final int FILES_PER_SEED = 20;

  private static final List<String> SHARDS =
      List.of(
          "```",
          "````",
          "~~~",
          "```bash",
          "```bash operation=",
          "`",
          "**",
          "<!--",
          "-->",
          "---",
          "## 6. TEST_PROCESS",
          "## 7-10. [Standard sections]",
          "# Worker 5: X",
          "WORKER_001-999999999",
          "WORKER_000-009",
          "Phase 1-99 complete",
          "\r",
          "\r\n",
          "\u0000",
          "\uFEFF",
          "\\",
          "\"",
          "'",
          "$(",
          "${",
          "if true; then",
          "<<EOF",
          "done",
          "esac",
          "&&",
          "||",
          "(",
          ")",
          "{",
          "}",
          "|",
          "- [ ] ",
          "| a | b |",
          "TBD",
          "99999999999999999999 minutes",
          "1-2-3 hours",
          "é",
          "\uD83D\uDCE6");

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("fuzz.iterations", 25));
  }

  @Timeout(180)
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyTextBecomesAnInstruction(long seed) {
    var random = new SplittableRandom(seed);
    var instructions = new ArrayList<Instruction>();
    for (var n = 0; n < FILES_PER_SEED; n++) {
      var sample =
          Sample.of(random.nextInt(12))
              .dependsOn("WORKER_%03d complete".formatted(random.nextInt(12)))
              .section(
                  "EXECUTION", "```bash operation=read check=\"test -f \\\"x\\\"\"\ntrue\n```");
      var content = spoil(sample.text().getBytes(StandardCharsets.UTF_8), random);
      var file = n + "/WORKER_%03d_Fuzzed.md".formatted(random.nextInt(12));
      var instruction = InstructionFiles.of(file, content);
      instructions.add(instruction);
      assertSound(instruction, content);
    }

    var report = Linter.lint(new Workforce("fuzz", instructions), Linter.Options.DEFAULT);

    assertThat(report.files()).hasSize(FILES_PER_SEED);
    assertThat(report.summary().files()).isEqualTo(FILES_PER_SEED);
  }

  private static void assertSound(Instruction instruction, byte[] content) {
    var lines = 1;
    for (var b : content) if (b == '\n' || b == '\r') lines++;
    for (var finding : instruction.findings()) {
      assertThat(finding.line()).as(finding.toString()).isBetween(1, lines);
    }
    assertThat(instruction.score()).isBetween(0, 100);
    var compiled = instruction.compiled();
    if (compiled == null) {
      assertThat(instruction.findings()).anyMatch(Finding::isError);
    } else {
      assertThat(compiled.timeLimit()).isPositive();
      assertThat(compiled.deliverables()).noneMatch(path -> path.startsWith("/"));
      assertThat(compiled.deliverables())
          .noneMatch(path -> Arrays.asList(path.split("/", -1)).contains(".."));
    }
  }

  private static byte[] spoil(byte[] content, SplittableRandom random) {
    var text = content;
    for (var n = random.nextInt(1, 12); n > 0; n--) {
      text =
          switch (random.nextInt(7)) {
            case 0 -> replaced(text, random, new byte[] {(byte) random.nextInt(256)}, 1);
            case 1 -> replaced(text, random, new byte[0], random.nextInt(200));
            case 2 -> replaced(text, random, text, 0);
            case 3 -> Arrays.copyOf(text, random.nextInt(text.length + 1));
            default -> {
              var shard = SHARDS.get(random.nextInt(SHARDS.size()));
              var line = random.nextBoolean() ? "\n" + shard + "\n" : shard;
              yield replaced(text, random, line.getBytes(StandardCharsets.UTF_8), 0);
            }
          };
      if (text.length > 200_000) text = Arrays.copyOf(text, 100_000);
    }
    return text;
  }

  private static byte[] replaced(byte[] text, SplittableRandom random, byte[] by, int drop) {
    var at = random.nextInt(text.length + 1);
    var end = Math.min(text.length, at + drop);
    var result = new byte[at + by.length + text.length - end];
    System.arraycopy(text, 0, result, 0, at);
    System.arraycopy(by, 0, result, at, by.length);
    System.arraycopy(text, end, result, at + by.length, text.length - end);
    return result;
  }
}
