package dev.muster.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.orchestrator.http.Problem.FieldError;
import dev.muster.orchestrator.instruction.Finding;
import dev.muster.orchestrator.instruction.Linter;
import dev.muster.orchestrator.instruction.Workforce;
import dev.muster.orchestrator.plan.Plan;
import dev.muster.orchestrator.plan.Planner;
import dev.muster.orchestrator.plan.Selector;
import dev.muster.orchestrator.plan.WavePlanConfig;
import dev.muster.orchestrator.plan.WavePlans;
import dev.muster.orchestrator.storage.InstructionStore;
import dev.muster.orchestrator.storage.InstructionStore.Stored;
import dev.muster.orchestrator.view.Json;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.run.RunSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Creates runs the one way there is: read, plan, store the texts, then the run.
public final class PlannedRunCreator implements RunCreator {
  private static final int FINDINGS_MAX = 100;

  private final Runs runs;
  private final InstructionStore instructions;
  private final RunDefaults defaults;

  public PlannedRunCreator(Runs runs, InstructionStore instructions, RunDefaults defaults) {
    this.runs = runs;
    this.instructions = instructions;
    this.defaults = defaults;
  }

  @Override
  public void create(NewRun wanted) {
    var workforce = read(wanted.folder());
    var options =
        new Planner.Options(selector(wanted.only()), defaults.slots(), Map.of(), wanted.strict());
    var plan = Planner.plan(workforce, waves(wanted.waves()), options);
    var refusal = plan.refusal(wanted.strict());
    if (refusal != null) throw refused(refusal, plan.findings());
    var settings = settings(wanted);
    instructions.put(texts(workforce, plan));
    Await.answer(runs.create(wanted.id(), plan.toRunPlan(), settings));
  }

  @Override
  public JsonNode check(String name, String text) {
    return Json.tree(Linter.check(text, Linter.Options.DEFAULT));
  }

  private static Workforce read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw ProblemException.of(
          404, "no-such-folder", "expected a folder of instruction files, found none at " + folder);
    }
    try {
      var workforce = Workforce.read(folder);
      if (!workforce.isEmpty()) return workforce;
      throw ProblemException.of(
          400, "empty-workforce", "expected files WORKER_*.md in " + folder + ", found none");
    } catch (NoSuchFileException e) {
      throw ProblemException.of(404, "no-such-folder", folder + " has gone");
    } catch (IOException e) {
      throw ProblemException.of(400, "unreadable-folder", folder + " cannot be read: " + e);
    }
  }

  private static @Nullable Selector selector(@Nullable String only) {
    if (only == null) return null;
    try {
      return Selector.parse(only);
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(400, "invalid-selection", "only: " + e.getMessage());
    }
  }

  private static WavePlanConfig waves(@Nullable String nameOrPath) {
    if (nameOrPath == null) return WavePlans.fiveWaves();
    return switch (WavePlans.find(nameOrPath)) {
      case WavePlans.Result.Valid(var config) -> config;
      case WavePlans.Result.Invalid(var problems) ->
          throw Problem.of(400, "invalid-wave-plan", problems.getFirst())
              .withErrors(
                  problems.stream().map(problem -> new FieldError("waves", problem)).toList())
              .exception();
    };
  }

  private static ProblemException refused(String refusal, List<Finding> findings) {
    return Problem.of(422, "unplannable", refusal)
        .withErrors(
            findings.stream()
                .filter(Finding::isError)
                .limit(FINDINGS_MAX)
                .map(it -> new FieldError(it.file() + ":" + it.line(), it.message()))
                .toList())
        .exception();
  }

  private RunSettings settings(NewRun wanted) {
    var results = or(wanted.results(), defaults.results());
    var target = or(wanted.target(), defaults.target());
    if (!Files.isDirectory(target)) {
      throw ProblemException.of(400, "no-such-target", "expected a folder, found none: " + target);
    }
    var hidden = new LinkedHashSet<String>();
    defaults.hidden().forEach(path -> hidden.add(path.toString()));
    hidden.add(results.toString());
    return new RunSettings(
        wanted.folder().toString(),
        target.toString(),
        results.toString(),
        List.copyOf(hidden),
        wanted.approve(),
        defaults.approvalWaitMax(),
        wanted.rehearse(),
        wanted.attemptsMax());
  }

  private static Path or(@Nullable Path wanted, Path otherwise) {
    return (wanted == null ? otherwise : wanted).toAbsolutePath().normalize();
  }

  /// What is stored must be what was planned: a file that changed in between is noticed.
  private static List<Stored> texts(Workforce workforce, Plan plan) {
    var stored = new ArrayList<Stored>();
    var planned = new LinkedHashSet<WorkerInstruction>(plan.instructions());
    for (var instruction : workforce.instructions()) {
      var compiled = instruction.compiled();
      if (compiled == null || !planned.contains(compiled)) continue;
      stored.add(new Stored(text(instruction.file(), compiled.digest()), compiled));
    }
    return stored;
  }

  private static String text(String file, String digest) {
    try {
      var bytes = Files.readAllBytes(Path.of(file));
      if (sha256(bytes).equals(digest)) return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw ProblemException.of(409, "workforce-changed", file + " cannot be read any more: " + e);
    }
    throw ProblemException.of(
        409, "workforce-changed", file + " changed while it was read: create the run again");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
