package dev.muster.orchestrator.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.orchestrator.engine.instruction.Linter;
import dev.muster.orchestrator.engine.instruction.Sample;
import dev.muster.orchestrator.engine.instruction.Workforce;
import dev.muster.protocol.journal.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The JSON that scripts read. A golden file changes only on purpose: `-Dgolden.write=true` writes
/// it anew.
class JsonShapeTest {
  private static final JsonMapper JSON =
      EventCodec.configure(JsonMapper.builder()).enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final Workforce WORKFORCE =
      new Workforce(
          "golden",
          List.of(
              Sample.of(1).metadata("Phase", "1.2 - Ground").compile(),
              Sample.of(2)
                  .dependsOn("WORKER_001 complete", "WORKER_050-051", "Phase 1 complete")
                  .section("EXECUTION", "```bash operation=publish writes=../site\ntrue\n```")
                  .compile(),
              Sample.of(3).dependsOn("WORKER_003").without("MITIGATION").compile()));

  @Test
  void lintReport() throws IOException {
    assertGolden("lint-report.json", Linter.lint(WORKFORCE, Linter.Options.DEFAULT));
  }

  @Test
  void textReport() throws IOException {
    var text = Sample.of(1).without("RETROSPECTIVE").text();
    assertGolden("text-report.json", Linter.check(text, Linter.Options.DEFAULT));
  }

  @Test
  void plan() throws IOException {
    assertGolden(
        "plan.json", Planner.plan(WORKFORCE, WavePlans.fiveWaves(), Planner.Options.of(2)));
  }

  private static void assertGolden(String name, Object report) throws IOException {
    var json = JSON.writeValueAsString(report);
    var golden = Path.of("src", "test", "resources", "golden", name);
    if (Boolean.getBoolean("golden.write")) Files.writeString(golden, json + "\n");
    assertThat(json.strip()).isEqualTo(Files.readString(golden).strip());
  }
}
