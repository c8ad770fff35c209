package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Texts that are made to be too much for whoever reads them: the linter says something of each,
/// and soon. A caller of the API may send any of them. The campaign nests five times as deep.
class ParserBombsTest {
  private static final int DEEP = Integer.getInteger("bombs.deep", 5_000);
  private static final int CHARS_MAX = 900_000;

  static Stream<Entry<String, String>> bombs() {
    Map<String, String> scripts = new LinkedHashMap<>();
    scripts.put("substitutions", "$(".repeat(DEEP) + ")".repeat(DEEP));
    scripts.put("groups", "{ ".repeat(DEEP) + "x" + "; }".repeat(DEEP));
    scripts.put("subshells", "(".repeat(DEEP) + "x" + ")".repeat(DEEP));
    scripts.put("ifs", "if ".repeat(DEEP));
    scripts.put("cases", "case x in ".repeat(DEEP));
    scripts.put("quoted substitutions", "\"$(".repeat(DEEP));
    scripts.put("arithmetic", "$((".repeat(DEEP));
    scripts.put("parameters", "${a:-".repeat(DEEP));
    scripts.put("here-documents", "cat <<A\n".repeat(DEEP));
    scripts.put(
        "functions",
        IntStream.range(0, 3_000)
                .mapToObj(i -> "f%d() { f%d; f%d; }\n".formatted(i, i + 1, i + 1))
                .collect(Collectors.joining())
            + "f0");
    scripts.put("ands", "a && ".repeat(DEEP) + "b");
    scripts.put("pipes", "a | ".repeat(DEEP) + "b");
    scripts.put("backticks", "`\\`".repeat(DEEP));
    scripts.put("nots", "! ".repeat(DEEP));
    scripts.put("whiles", "while x; do ".repeat(DEEP));
    scripts.put("brackets", "[[ ".repeat(DEEP) + "a");
    scripts.put("backslashes", "\\".repeat(DEEP));
    scripts.put("process substitutions", "cat <(".repeat(DEEP));
    scripts.put("coprocs", "coproc ".repeat(DEEP) + "x");
    scripts.put("times", "time ".repeat(DEEP) + "x");
    scripts.put("evals", "eval \"".repeat(DEEP));
    scripts.put("shells", "bash -c '".repeat(DEEP));
    scripts.put("assignments", "a=1 ".repeat(DEEP));
    scripts.put("redirections", "> a ".repeat(DEEP));
    scripts.put("arrays", "a=(".repeat(DEEP));
    Map<String, String> texts = new LinkedHashMap<>();
    scripts.forEach((name, script) -> texts.put(name, instruction(script)));
    texts.put("quotes of Markdown", "# Worker 001: X\n" + ">".repeat(DEEP) + " x\n");
    texts.put(
        "lists of Markdown",
        "# Worker 001: X\n\n## 1. DELIVERABLES\n"
            + IntStream.range(0, 1_000)
                .mapToObj(i -> " ".repeat(2 * i % 800) + "- [ ] `a" + i + ".txt`\n")
                .collect(Collectors.joining()));
    texts.put("emphasis", "# Worker 001: X\n" + "*".repeat(DEEP) + "a" + "_".repeat(DEEP));
    texts.put("blanks", "# Worker 001: " + " ".repeat(DEEP) + "x\n" + ("* ".repeat(4_000) + "\n"));
    texts.put("closed headings", "# Worker 001: X\n## a" + " #".repeat(DEEP) + " a\n");
    texts.put(
        "links", "# Worker 001: X\n## 1. DELIVERABLES\n- " + "[".repeat(DEEP) + "](".repeat(9));
    texts.put("fences", "# Worker 001: X\n" + "## 1. A\n```bash\n".repeat(30_000));
    texts.put("comments", "# Worker 001: X\n" + "<!-- ".repeat(DEEP));
    texts.put("front matter", "---\na: " + "[".repeat(DEEP) + "\n---\n# Worker 001: X\n");
    texts.put("front maps", "---\n" + "{a: ".repeat(DEEP) + "\n---\n# Worker 001: X\n");
    texts.put("parentheses", "# Worker 001: X\n## 4. DEPENDENCIES\n- " + "(".repeat(DEEP) + "\n");
    texts.put("back-quotes", "# Worker 001: X\n## 1. DELIVERABLES\n- [ ] " + "`a".repeat(4_000));
    texts.put("long id", "# Worker 001: X\n## 4. DEPENDENCIES\n- **WORKER_" + "0".repeat(9_000));
    texts.put(
        "ranges",
        "# Worker 001: X\n## 4. DEPENDENCIES\n"
            + "- **WORKER_001-999999999:** x, WORKER_000000001 to WORKER_999999999\n".repeat(50));
    texts.put(
        "labels",
        "# Worker 001: X\n## EXECUTION ("
            + "do not ".repeat(1_300)
            + ")\n"
            + "\n```bash\ntrue\n```\n".repeat(5_000));
    texts.put(
        "words",
        "# Worker 001: X\n- **Type:** "
            + "A ".repeat(4_000)
            + "\n**Priority:** "
            + "wave ".repeat(1_500)
            + "\n**Estimated Time:** "
            + "1 ".repeat(4_500)
            + "degradation limit ".repeat(500));
    return texts.entrySet().stream();
  }

  private static String instruction(String script) {
    var cut = script.length() > CHARS_MAX ? script.substring(0, CHARS_MAX) : script;
    return "# Worker 001: X\n\n## 1. DELIVERABLES\n\n- [ ] `out.txt`: f\n\n## 6. TEST_PROCESS\n\n"
        + "```bash\n%s\n```\n\n## EXECUTION\n\n```bash\n%s\n```\n".formatted(cut, cut);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void noTextIsTooMuch(Entry<String, String> bomb) {
    assertThat(Linter.check(bomb.getValue(), Linter.Options.DEFAULT)).isNotNull();
  }
}
