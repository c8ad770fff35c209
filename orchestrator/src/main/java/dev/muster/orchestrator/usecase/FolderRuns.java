package dev.muster.orchestrator.usecase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.orchestrator.engine.instruction.BoundedFile;
import dev.muster.orchestrator.engine.instruction.Instruction;
import dev.muster.orchestrator.engine.instruction.Linter;
import dev.muster.orchestrator.engine.instruction.Workforce;
import dev.muster.orchestrator.engine.plan.Plan;
import dev.muster.orchestrator.engine.plan.Planner;
import dev.muster.orchestrator.engine.plan.RunRefusal;
import dev.muster.orchestrator.engine.plan.Selector;
import dev.muster.orchestrator.engine.plan.WavePlanConfig;
import dev.muster.orchestrator.engine.plan.WavePlans;
import dev.muster.orchestrator.journal.storage.InstructionStore;
import dev.muster.orchestrator.journal.storage.InstructionStore.Stored;
import dev.muster.orchestrator.journal.storage.Manifests;
import dev.muster.orchestrator.journal.tail.JournalReader;
import dev.muster.orchestrator.readside.result.ResultsPlace;
import dev.muster.orchestrator.readside.view.Json;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.run.FolderRules;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns a folder into a run. Every text, and the plan, is stored before the run exists, so that no
/// run ever names what cannot be found.
public final class FolderRuns implements RunCreator {
  /// Where things are unless a run says otherwise.
  ///
  /// @param data the node's data folder, which no worker ever sees
  /// @param token file with the operator's token, which no worker ever sees either
  /// @param home of the operator
  /// @param slots attempts this node carries out at once, for the forecast
  public record Defaults(
      Path data,
      Path token,
      Path results,
      Path target,
      Path home,
      int slots,
      Duration approvalWaitMax) {
    /// Nodes of one machine may have their data in one folder, around the token that all share.
    /// Then none of it is a worker's to see, whichever node creates the run.
    List<Path> hidden(Path results) {
      var around = token.getParent();
      var secret = around != null && data.startsWith(around) ? around : token;
      return Stream.of(data, secret, results).distinct().toList();
    }
  }

  /// Where workers see a target that was sent.
  private static final Path SENT = Path.of("/target");

  private final InstructionStore store;
  private final Manifests manifests;
  private final Runs runs;
  private final JournalReader journal;
  private final Targets targets;
  private final AgentSetups agents;
  private final Defaults defaults;

  /// @param hasModels whether agents can ask a model
  public FolderRuns(
      InstructionStore store,
      Manifests manifests,
      JournalReader journal,
      Runs runs,
      Targets targets,
      BooleanSupplier hasModels,
      Defaults defaults) {
    this.store = store;
    this.manifests = manifests;
    this.journal = journal;
    this.runs = runs;
    this.targets = targets;
    this.agents = new AgentSetups(manifests, hasModels);
    this.defaults = defaults;
  }

  @Override
  public void create(NewRun wanted) {
    var workforce = read(wanted.folder());
    var plan = plan(workforce, wanted);
    var target = target(wanted);
    var results = wanted.results() == null ? defaults.results() : wanted.results();
    prepare(results);
    store.put(texts(workforce, plan));
    var hidden = defaults.hidden(results);
    var sent = wanted.targetArtifact();
    var handed = wanted.rehearse() || sent != null ? sent : targets.hand(target, hidden);
    var settings =
        new RunSettings(
                wanted.folder().toString(),
                target.toString(),
                results.toString(),
                hidden.stream().map(Path::toString).toList(),
                wanted.approve(),
                defaults.approvalWaitMax(),
                wanted.rehearse(),
                wanted.attemptsMax())
            .withTags(wanted.tags())
            .withStartedBy(wanted.by());
    var given =
        agents.with(settings.withTargetArtifact(handed), workforce.agents(), plan, wanted.replay());
    var run = plan.toRunPlan();
    new RunStart(runs, journal)
        .make(wanted.id(), manifests.put(run), given, doneBefore(wanted, run));
  }

  @Override
  public TextChanges changes(RunPlan plan, RunSettings settings) {
    var folder = Path.of(settings.folder());
    if (FolderTexts.areTaken(folder, plan)) return TextChanges.NONE;
    return FolderTexts.changes(plan, read(folder), wavePlan(null));
  }

  @Override
  public void take(TextChanges changes, RunSettings settings) {
    var wanted =
        changes.changed().stream()
            .map(it -> it.text().instructionDigest())
            .collect(Collectors.toSet());
    store.put(texts(read(Path.of(settings.folder())), wanted));
  }

  @Override
  public JsonNode check(String name, String text) {
    return Json.tree(Linter.check(text, Linter.Options.DEFAULT));
  }

  /// A rehearsal does nothing, so that nothing of it needs to be spared.
  private @Nullable String doneBefore(NewRun wanted, RunPlan plan) {
    if (wanted.since() == null || wanted.rehearse()) return null;
    return manifests.put(EarlierRun.read(journal, manifests, wanted.since()).doneOf(plan));
  }

  static Workforce read(Path folder) {
    if (!Files.isDirectory(folder)) throw noFolder(folder);
    try {
      var workforce = Workforce.read(folder);
      if (!workforce.isEmpty()) return workforce;
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    throw empty(folder);
  }

  static Refusal noFolder(Path folder) {
    return Refusal.unusable(
        "no-such-folder",
        "Expected a folder of instruction files, but there is none at " + folder + ".");
  }

  static Refusal unreadable(Path folder, IOException e) {
    return Refusal.unusable("unreadable-folder", folder + " cannot be read: " + Why.of(e));
  }

  static Refusal empty(Path folder) {
    return Refusal.unusable(
        "empty-folder", "Expected files named WORKER_<digits>_<Title>.md in " + folder + ".");
  }

  private Plan plan(Workforce workforce, NewRun wanted) {
    var options =
        new Planner.Options(selector(wanted.only()), defaults.slots(), Map.of(), wanted.strict());
    var plan = Planner.plan(workforce, wavePlan(wanted.waves()), options);
    var refusal = RunRefusal.of(plan, wanted.strict(), wanted.allowIncomplete());
    if (refusal == null) return plan;
    throw Refusal.unusable(refusal.code(), refusal.words())
        .because(
            refusal.reasons().stream()
                .map(reason -> new Refusal.Fault(reason.where(), reason.what()))
                .toList());
  }

  private static @Nullable Selector selector(@Nullable String expression) {
    if (expression == null) return null;
    try {
      return Selector.parse(expression);
    } catch (IllegalArgumentException e) {
      throw Refusal.unusable("invalid-selection", String.valueOf(e.getMessage()));
    }
  }

  static WavePlanConfig wavePlan(@Nullable String nameOrPath) {
    return switch (WavePlans.find(nameOrPath == null ? WavePlans.DEFAULT : nameOrPath)) {
      case WavePlans.Result.Valid(var config) -> config;
      case WavePlans.Result.Invalid(var problems) ->
          throw Refusal.unusable("invalid-wave-plan", String.join("; ", problems));
    };
  }

  private Path target(NewRun wanted) {
    if (wanted.targetArtifact() != null) return SENT;
    var target = wanted.target() == null ? defaults.target() : wanted.target();
    if (!Files.isDirectory(target)) {
      throw Refusal.unusable(
          "no-such-target", "Expected a folder to work on, but there is none at " + target + ".");
    }
    var real = real(target);
    var refusal = FolderRules.refuseTarget(real, defaults.home(), real(defaults.data()));
    if (refusal != null) throw Refusal.unusable("forbidden-target", refusal);
    return real;
  }

  /// What does not exist cannot be hidden from workers either. One that cannot be written is found
  /// now rather than when all the work is done.
  private static void prepare(Path results) {
    try {
      var problem = ResultsPlace.problem(results);
      if (problem != null)
        throw Refusal.unusable(
            "unwritable-results",
            "Expected a results folder that can be written, but " + problem + ".");
      Files.createDirectories(results);
      Files.delete(Files.createTempFile(results, ".muster", ".tmp"));
    } catch (IOException e) {
      throw Refusal.unusable(
          "unwritable-results",
          "Expected a results folder that can be written, but "
              + results
              + " cannot be: "
              + Why.of(e)
              + "; mend it, or choose another with --results DIR");
    }
  }

  private static Path real(Path target) {
    try {
      return target.toRealPath();
    } catch (IOException e) {
      throw Refusal.unusable("unreadable-target", target + " cannot be read: " + Why.of(e));
    }
  }

  private static List<Stored> texts(Workforce workforce, Set<String> digests) {
    List<Stored> texts = new ArrayList<>();
    for (var instruction : workforce.instructions()) {
      var compiled = instruction.compiled();
      if (compiled == null || !digests.contains(compiled.digest())) continue;
      texts.add(new Stored(text(Path.of(instruction.file()), compiled.digest()), compiled));
    }
    return texts;
  }

  private static List<Stored> texts(Workforce workforce, Plan plan) {
    Map<String, String> fileOf = new HashMap<>();
    for (var instruction : workforce.instructions()) remember(fileOf, instruction);
    List<Stored> texts = new ArrayList<>();
    for (var instruction : plan.instructions()) {
      var file = fileOf.get(instruction.digest());
      if (file == null) throw new IllegalStateException("no file of " + instruction.id());
      texts.add(new Stored(text(Path.of(file), instruction.digest()), instruction));
    }
    return texts;
  }

  private static void remember(Map<String, String> fileOf, Instruction instruction) {
    var compiled = instruction.compiled();
    if (compiled != null) fileOf.put(compiled.digest(), instruction.file());
  }

  /// The digest names the text for good, so a file that changes under us is read again by nobody.
  private static String text(Path file, String digest) {
    try {
      var bytes = BoundedFile.read(file, Instruction.BYTES_MAX);
      if (digest.equals(Sha256.of(bytes))) return new String(bytes, StandardCharsets.UTF_8);
      throw Refusal.conflict(
          "folder-changed", file + " changed while the run was created; try again.");
    } catch (IOException e) {
      throw Refusal.unusable("unreadable-file", file + " cannot be read: " + Why.of(e));
    }
  }
}
