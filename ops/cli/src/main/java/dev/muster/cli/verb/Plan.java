package dev.muster.cli.verb;

import dev.muster.cli.client.Json;
import dev.muster.cli.view.PlanWords;
import dev.muster.host.refusal.Exit;
import dev.muster.host.refusal.Refusal;
import dev.muster.host.settings.Setting;
import dev.muster.orchestrator.engine.plan.Planner;
import dev.muster.orchestrator.engine.plan.Selector;
import dev.muster.orchestrator.engine.plan.WavePlanConfig;
import dev.muster.orchestrator.engine.plan.WavePlans;
import dev.muster.orchestrator.engine.plan.WavePlans.Result;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "plan",
    description = "What a run would do, before anything does: waves, order, gates, forecast.",
    footer = {"", "Exit code: 0 printed, 1 with --strict and findings, 3 no such folder."})
final class Plan extends Verb {
  @Parameters(paramLabel = "FOLDER", description = "The workforce.")
  String folder = "";

  @Option(
      names = "--waves",
      paramLabel = "FILE",
      description = "Wave plan, or a bundled one's name.")
  String waves = WavePlans.DEFAULT;

  @Option(
      names = "--only",
      paramLabel = "EXPR",
      description = "Only WORKER_001-020, wave=1, phase=2, tag=x, comma-separated.")
  @Nullable String only;

  @Option(names = "--results", paramLabel = "DIR", description = "Where earlier runs left results.")
  @Nullable String results;

  @Option(names = "--strict", description = "Warnings count as errors.")
  boolean strict;

  Plan(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    var plan = planned();
    switch (context.output()) {
      case JSON -> terminal().data(Json.pretty(Json.MAPPER.valueToTree(plan)));
      case JSONL ->
          plan.waves().forEach(w -> terminal().data(Json.line(Json.MAPPER.valueToTree(w))));
      case NAME -> plan.waves().forEach(wave -> wave.workers().forEach(terminal()::data));
      case TABLE, WIDE -> new PlanWords(terminal(), context.output()).print(plan);
    }
    return strict && plan.hasErrors() ? Exit.FAILED : Exit.OK;
  }

  dev.muster.orchestrator.engine.plan.Plan planned() {
    Map<Setting, String> flags = results == null ? Map.of() : Map.of(Setting.RESULTS, results);
    var settings = context.settings(flags).settings();
    var config = config();
    var selector = selector();
    var workforce = WorkforceFiles.read(context, folder);
    var earlier = EarlierRuns.durations(settings.results(), workforce.name());
    var options = new Planner.Options(selector, settings.slots(), earlier, strict);
    return Planner.plan(workforce, config, options);
  }

  private WavePlanConfig config() {
    var file = context.path(waves);
    var bundled = WavePlans.isBundled(waves) || !Files.isRegularFile(file);
    return switch (WavePlans.find(bundled ? waves : file.toString())) {
      case Result.Valid(var config) -> config;
      case Result.Invalid(var problems) ->
          throw new Refusal(
              Exit.USAGE,
              "the wave plan is not usable:\n  " + String.join("\n  ", problems),
              "waves/five-waves.conf explains what one may say");
    };
  }

  private @Nullable Selector selector() {
    var expression = only;
    if (expression == null) {
      return null;
    }
    try {
      return Selector.parse(expression);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Exit.USAGE, "--only: " + e.getMessage(), null, e);
    }
  }
}
