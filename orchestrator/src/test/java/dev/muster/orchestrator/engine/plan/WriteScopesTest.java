package dev.muster.orchestrator.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.orchestrator.engine.instruction.InstructionCompiler;
import dev.muster.orchestrator.engine.instruction.Sample;
import dev.muster.orchestrator.engine.plan.Plan.Conflict;
import dev.muster.protocol.run.RunPlan.Planned;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WriteScopesTest {
  private static List<String> scope(Sample sample) {
    var compiled = InstructionCompiler.compile("WORKER_001_A.md", sample.text(), "0".repeat(64));
    return WriteScopes.of(Objects.requireNonNull(compiled.compiled()));
  }

  private static List<String> scope(String boundaries) {
    return scope(
        Sample.of(1)
            .without("EXECUTION")
            .section("DELIVERABLES", "- `out/x.txt`")
            .section("BOUNDARIES", boundaries));
  }

  @Test
  void itsDeliverablesAndWhatALineLetsItWrite() {
    assertThat(
            scope(
                """
                - **CAN create:** New file `a.py` in `lib/` directory
                - **CAN modify:** `src/api/`, ./docs/b.md (not `c.md`) - and no `d.md`
                - **CAN read:** `secret/e.md`
                - **CAN:** Update `f.md`
                - **CANNOT modify:** `g.md`
                """))
        .containsExactly("a.py", "docs/b.md", "f.md", "lib", "out/x.txt", "src/api");
  }

  @Test
  void aListBelowALabelAndPatternsWithAFolder() {
    assertThat(
            scope(
                """
                **CAN modify:**
                - `src/*.py`
                - `*.md`
                - `web/**/x.js`

                **CANNOT modify:**
                - `h.md`
                """))
        .containsExactly("out/x.txt", "src", "web");
  }

  @Test
  void scriptsDeclareNothing() {
    assertThat(scope(Sample.of(1).section("BOUNDARIES", "- **CAN modify:** `src/`"))).isEmpty();
  }

  @Test
  void whatWorkersOfOneWaveShare() {
    var workers =
        List.of(
            worker("A", 1, "src/api/a.py"),
            worker("B", 1, "src/api", "b.md"),
            worker("C", 1, "src/web"),
            worker("D", 2, "src/api"));
    assertThat(WriteScopes.shared(workers))
        .containsExactly(new Conflict("src/api", List.of("A", "B")));
  }

  private static Planned worker(String id, int wave, String... writes) {
    return new Planned(id, id, wave, "d", List.of(), null, List.of(), true, List.of(writes));
  }
}
