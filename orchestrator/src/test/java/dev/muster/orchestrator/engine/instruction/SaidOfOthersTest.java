package dev.muster.orchestrator.engine.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What DEPENDENCIES says of other workers without waiting for them, in words, signs and languages
/// that people use, and what may be one and is not written so.
class SaidOfOthersTest extends Shaped {
  private static final String TITLE =
      "this is the title of several workers, among them WORKER_003, who is not waited for";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- WORKER_003\n- soft: WORKER_004",
        "- WORKER_003\n- WORKER_004 (soft)",
        "### Hard\n- WORKER_003\n### Soft\n- WORKER_004",
        "- formerly WORKER_004\n- WORKER_003",
        "- soft dependency: 004; hard dependency: 003",
        "- WORKER_003\n- !WORKER_004",
        "- WORKER_003\n- 🚫 WORKER_004",
        "- [ ] WORKER_003\n- [-] WORKER_004",
        "- WORKER_003\n- Conflicts with WORKER_004",
        "- WORKER_003\n- same machine as WORKER_004",
        "- WORKER_003 → WORKER_007 → WORKER_004",
        "- WORKER_003\n- WORKER_007 -> WORKER_004",
        "- WORKER_003\n- WORKER_004 <- WORKER_007",
        "- first WORKER_003, then this, then WORKER_004",
        "- WORKER_003\n- None. (WORKER_004 is a sibling.)"
      })
  void whoMayOrMayNotBeMeantIsNotAwaitedAndThatIsSaid(String section) {
    var instruction = read(section);

    assertThat(references(instruction)).containsExactly("WORKER_003");
    assertThat(said(instruction)).singleElement().asString().startsWith("'WORKER_004' is not");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- not WORKER_004 but WORKER_003",
        "- WORKER_003, neither WORKER_004 nor WORKER_005",
        "- nothing but WORKER_003",
        "- WORKER_003\n- WORKER_004: no",
        "- after 003 but not 004",
        "- Parent: WORKER_003\n- Child: WORKER_004",
        "- Hängt nicht von WORKER_004 ab, aber von WORKER_003",
        "Wartet auf WORKER_003; WORKER_004 ist nur zur Information.",
        "- dépend de WORKER_003\n- bloque WORKER_004",
        "- WORKER_003\n- ne dépend pas de WORKER_004",
        "- depende de WORKER_003\n- bloquea a WORKER_004",
        "- WORKER_003\n- WORKER_004 (facultatif)",
        "- 依赖 WORKER_003，不依赖 WORKER_004",
        ":::note Optional\n- WORKER_004\n:::\n\n- WORKER_003",
        "> [!note] Optional\n> - WORKER_004\n\nRequired:\n- WORKER_003"
      })
  void whoIsSaidNotToBeAwaitedIsNot(String section) {
    var instruction = read(section);

    assertThat(references(instruction)).containsExactly("WORKER_003");
    assertThat(said(instruction)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- any of WORKER_003, WORKER_004",
        "- at least 1 of WORKER_003, WORKER_004",
        "- WORKER_003 and/or WORKER_004",
        "- WORKER_003, WORKER_004 even if it fails",
        "- if WORKER_003 or WORKER_004 fails, go on"
      })
  void whatNoPlanCanKeepIsSaid(String section) {
    var instruction = read(section);

    assertThat(references(instruction)).containsExactly("WORKER_003", "WORKER_004");
    assertThat(said(instruction)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- WORKER_003-005 (except 004)",
        "- WORKER_003 to WORKER_005, without 004",
        "- WORKER_003-005 except WORKER_004"
      })
  void whoIsLeftOutOfARangeIsSaidToBeAwaitedAllTheSame(String section) {
    assertThat(said(read(section)))
        .containsExactly("WORKER_004 is set aside, but waited for as one of WORKER_003-005");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- 003: the list",
        "- 003 The list",
        "- The list (003)",
        "- either 003 or what is there",
        "- in order: 003, then the rest",
        "- Task-003",
        "- T003",
        "- ids: [\"003\"]"
      })
  void aNumberOfAWorkerThatIsNotWrittenAsOneIsSaid(String section) {
    assertThat(across(section, "Other"))
        .singleElement()
        .asString()
        .endsWith("003' may be WORKER_003, who is not waited for");
  }

  @ParameterizedTest
  @ValueSource(strings = {"- port 8003", "- version 1.003", "- 2003", "- 0.003 s", "- RFC-0030"})
  void whatIsNoNumberOfAWorkerIsNot(String section) {
    assertThat(across(section, "Other")).isEmpty();
  }

  @Test
  void whoIsNamedUnderAnotherHeadingIsSaidNotToBeAwaited() {
    var overview = "- **Depends on:** WORKER_003, WORKER_004";
    var instruction = sample().section("OVERVIEW", overview).compile();

    assertThat(references(instruction)).containsExactly("WORKER_003");
    assertThat(said(instruction)).singleElement().asString().startsWith("WORKER_004 is not waited");
  }

  @Test
  void aTitleThatTwoHaveIsSaidToBeAmbiguous() {
    assertThat(across("- The list", "The list")).containsExactly(TITLE);
  }

  @Test
  void aTitleBesideANameIsSaidToo() {
    assertThat(across("- WORKER_004, the list (wiki)", "The list")).containsExactly(TITLE);
  }

  /// In a folder with three others, two of which have one title.
  private static List<String> across(String section, String title) {
    var files = new ArrayList<Instruction>();
    for (var number : List.of(3, 4, 5)) {
      var heading = "# Worker 00" + number + ": " + (number == 4 ? "Another" : title);
      files.add(Sample.of(number).heading(heading).compile());
    }
    files.add(sample().section("DEPENDENCIES", section).compile());
    var graph = DependencyGraph.of(files, it -> it.placement().wave(), "this folder");
    return LooseEnds.of(files, graph.reachability()).stream().map(Finding::message).toList();
  }

  private static Instruction read(String section) {
    return sample().section("DEPENDENCIES", section).compile();
  }

  private static List<String> said(Instruction instruction) {
    return instruction.findings().stream()
        .filter(it -> it.code() == Code.UNCLEAR_DEPENDENCY)
        .map(Finding::message)
        .toList();
  }
}
