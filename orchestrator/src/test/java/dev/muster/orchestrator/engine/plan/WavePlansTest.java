package dev.muster.orchestrator.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.orchestrator.engine.instruction.Sample;
import dev.muster.orchestrator.engine.plan.WavePlans.Result;
import dev.muster.protocol.headroom.HeadroomLimits;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavePlansTest {
  @ParameterizedTest
  @CsvSource({
    ",0,1", ",1.3,1", ",2,2", ",3.1,3", ",4.10,4", ",5,5", ",6.3,5", ",12,5", ",,1", "3,1,3",
    "5,,5", "1,9,1"
  })
  void theDefaultPlanFollowsTheFormatsOwnRule(
      @Nullable String priority, @Nullable String phase, int wave) {
    var sample = Sample.of(1).withoutMetadata("Priority");
    if (priority != null) sample.metadata("Priority", priority);
    if (phase != null) sample.metadata("Phase", phase + " - Name");
    var instruction = sample.compile();

    assertThat(WavePlans.fiveWaves().waveOf(instruction)).isEqualTo(wave);
    assertThat(instruction.placement().wave()).isEqualTo(wave);
  }

  @Test
  void theBundledPlansAreTheFilesOfTheRepository() throws IOException {
    for (var name : List.of("five-waves", "pilot")) {
      var text = Files.readString(Path.of("..", "waves", name + ".conf"));
      assertThat(WavePlans.find(name)).isEqualTo(WavePlans.parse(name + ".conf", text));
    }
  }

  @Test
  void aPlanSaysEverythingAboutItsWaves() {
    var config =
        valid(
            """
            name = "mine"
            headroom { cpu-percent = 50, disk-percent = 99.5 }
            waves = [
              { wave = 7, name = "Last", select { tags = [late] }, gate = approval, on-failure = stop }
              { wave = 2, select { ids = ["WORKER_001-003"] }, first = 2, max-parallel = 4 }
            ]
            """);

    assertThat(config.headroom()).isEqualTo(new HeadroomLimits(50, 85, 99.5));
    assertThat(config.waves())
        .extracting(WavePlanConfig.Wave::number, WavePlanConfig.Wave::name)
        .containsExactly(tuple(2, "Wave 2"), tuple(7, "Last"));
    assertThat(config.waves().getLast().approval()).isTrue();
    assertThat(config.waves().getLast().onFailure()).isEqualTo(FailurePolicy.STOP);
    assertThat(config.waves().getFirst().first()).isEqualTo(2);
    assertThat(config.waves().getFirst().parallelMax()).isEqualTo(4);
    assertThat(config.waveOf(Sample.of(2).metadata("Tags", "late").compile())).isEqualTo(2);
    assertThat(config.waveOf(Sample.of(9).metadata("Tags", "late").compile())).isEqualTo(7);
    assertThat(config.waveOf(Sample.of(9).compile())).isZero();
  }

  @Test
  void everyFaultIsReportedAtOnceWithItsLine() {
    var text =
        """
        name = 7
        colour = red
        headroom { cpu-percent = 0, fan-percent = 3 }
        waves = [
          { wave = 0, select { priority = [1] } }
          { wave = 1, select { priority = [x], phase = ["9-1"], ids = ["014"] }, gate = maybe }
          { wave = 1, max-parallel = none, on-failure = panic, select { unplaced = 3 } }
          { wave = 3, first = 0 }
          "four"
        ]
        """;

    assertThat(WavePlans.parse("my.conf", text))
        .isInstanceOfSatisfying(
            Result.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .anyMatch(p -> p.startsWith("my.conf:1: name is 7, expected a text"))
                    .anyMatch(p -> p.startsWith("my.conf:2: colour is unknown"))
                    .anyMatch(p -> p.startsWith("my.conf:3: cpu-percent is 0"))
                    .anyMatch(p -> p.startsWith("my.conf:3: headroom.fan-percent is unknown"))
                    .anyMatch(p -> p.startsWith("my.conf:5: wave is 0, expected a whole number"))
                    .anyMatch(p -> p.startsWith("my.conf:6: priority is 'x'"))
                    .anyMatch(p -> p.startsWith("my.conf:6: '9-1' runs backwards"))
                    .anyMatch(p -> p.startsWith("my.conf:6: '014' selects nothing"))
                    .anyMatch(p -> p.startsWith("my.conf:6: gate is 'maybe'"))
                    .anyMatch(p -> p.startsWith("my.conf:7: wave 1 is there twice"))
                    .anyMatch(p -> p.startsWith("my.conf:7: max-parallel is \"none\""))
                    .anyMatch(p -> p.startsWith("my.conf:7: on-failure is 'panic'"))
                    .anyMatch(p -> p.startsWith("my.conf:7: unplaced is 3"))
                    .anyMatch(p -> p.startsWith("my.conf:8: first is 0"))
                    .anyMatch(p -> p.startsWith("my.conf:8: a wave has no select"))
                    .anyMatch(p -> p.startsWith("my.conf:9: a wave is \"four\"")));
  }

  @Test
  void brokenHoconIsAProblemAndNotAnException(@TempDir Path folder) throws IOException {
    for (var text :
        List.of(
            "", "waves = ", "waves = []", "{".repeat(200_000), "a = ${b}", "waves = ${waves}")) {
      var file = Files.writeString(folder.resolve("broken.conf"), text);
      assertThat(WavePlans.read(file)).as(text).isInstanceOf(Result.Invalid.class);
    }
    assertThat(WavePlans.read(folder)).isInstanceOf(Result.Invalid.class);
    assertThat(WavePlans.find("no-such-plan")).isInstanceOf(Result.Invalid.class);
    assertThat(WavePlans.find("no/such.conf")).isInstanceOf(Result.Invalid.class);
  }

  /// Whoever looks at a cloned folder's plan has not agreed to call anybody.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "include url(\"http://127.0.0.1:1/x.conf\")",
        "include \"http://127.0.0.1:1/x.conf\"",
        "include file(\"/etc/passwd\")",
        "include required(file(\"/etc/passwd\"))",
        "include classpath(\"waves/pilot.conf\")",
        "include \"pilot.conf\"",
        "include \"../x\"",
        "waves = [ { include \"x\" } ]",
      })
  void aPlanIncludesNothing(String line) {
    assertThat(WavePlans.parse("my.conf", "name = a\n" + line + "\n"))
        .isInstanceOfSatisfying(
            Result.Invalid.class,
            it ->
                assertThat(it.problems())
                    .singleElement()
                    .asString()
                    .startsWith("my.conf:2: expected a file that stands for itself"));
  }

  @Test
  void aPlanReadsNoVariables() {
    assertThat(WavePlans.parse("my.conf", "name = ${PATH}"))
        .isInstanceOfSatisfying(
            Result.Invalid.class, it -> assertThat(it.problems().toString()).contains("${PATH}"));
    assertThat(WavePlans.parse("my.conf", "name = x${?PATH}").toString())
        .doesNotContain(System.getenv("PATH"));
  }

  private static WavePlanConfig valid(String text) {
    return switch (WavePlans.parse("test.conf", text)) {
      case Result.Valid(var config) -> config;
      case Result.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  /// Some lines double what the line before has, until no memory holds it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%d = ${a%d}${a%d}\n",
        "a%d { l = ${a%d}, r = ${a%d} }\n",
        "a += %d\n",
        "a = [%d] [%d]\n"
      })
  void whatIsPutTogetherDoesNotGrowWithoutEnd(String line) {
    var text = new StringBuilder("a0 { x = 1 }\n");
    for (var i = 1; i <= 40; i++) text.append(line.formatted(i, i - 1, i - 1));
    assertThat(WavePlans.parse("x.conf", text.toString()))
        .isInstanceOfSatisfying(
            Result.Invalid.class,
            it ->
                assertThat(it.problems()).singleElement().asString().contains("at most 16 values"));
  }
}
