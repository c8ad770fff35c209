package dev.muster.e2e;

import dev.muster.orchestrator.engine.instruction.Workforce;
import dev.muster.orchestrator.engine.plan.Plan;
import dev.muster.orchestrator.engine.plan.Planner;
import dev.muster.orchestrator.engine.plan.WavePlans;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.run.RunPlan.Planned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Carries out a workforce with bash alone, so that its scripts can be tested apart from the
/// runtime. Every worker has a folder of its own that begins with the deliverables of all it
/// depends on; nothing asks for approval and nothing is walled in.
final class PlainWorkers {
  private static final int AT_ONCE = 2;
  private static final int PATIENCE_SECONDS = 60;

  private final Path room;
  private final Path target;
  private final Plan plan;
  private final Map<String, Planned> planned = new LinkedHashMap<>();
  private final Map<String, WorkerInstruction> instructions = new HashMap<>();

  PlainWorkers(Workforce workforce, Path room, Path target) {
    this.room = room;
    this.target = target;
    this.plan = Planner.plan(workforce, WavePlans.fiveWaves(), Planner.Options.of(AT_ONCE));
    plan.workers().forEach(worker -> planned.put(worker.id(), worker));
    plan.instructions().forEach(it -> instructions.put(it.id(), it));
  }

  /// How a script ended, and what it said.
  record Ended(int exit, String output) {}

  Path workspace(String worker) {
    return room.resolve(worker);
  }

  /// Does something for every worker, two at a time.
  void forEach(Consumer<WorkerInstruction> work) throws Exception {
    inOrder(_ -> true, work, false);
  }

  /// Carries out some workers, each when those it waits for have ended.
  void carryOut(Predicate<Planned> which) throws Exception {
    inOrder(which, this::carryOut, true);
  }

  private void inOrder(Predicate<Planned> which, Consumer<WorkerInstruction> work, boolean waiting)
      throws Exception {
    try (var hands = Executors.newFixedThreadPool(AT_ONCE)) {
      var ends = new HashMap<String, CompletableFuture<Void>>();
      for (var worker : inOrder(which)) {
        var before =
            waiting
                ? worker.dependencies().stream().map(ends::get).toArray(CompletableFuture[]::new)
                : new CompletableFuture<?>[0];
        ends.put(
            worker.id(),
            CompletableFuture.allOf(before)
                .thenRunAsync(() -> work.accept(instruction(worker.id())), hands));
      }
      CompletableFuture.allOf(ends.values().toArray(CompletableFuture[]::new)).get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /// Dependencies first.
  private List<Planned> inOrder(Predicate<Planned> which) {
    var ids = new LinkedHashSet<String>();
    planned.values().stream().filter(which).forEach(worker -> collect(worker.id(), ids));
    return ids.stream().map(this::planned).toList();
  }

  private void collect(String worker, Set<String> ids) {
    if (ids.contains(worker)) return;
    planned(worker).dependencies().forEach(id -> collect(id, ids));
    ids.add(worker);
  }

  private void carryOut(WorkerInstruction instruction) {
    try {
      var work = Files.createDirectories(workspace(instruction.id()));
      var inputs = Files.createDirectories(room.resolve(instruction.id() + "-inputs"));
      var before = new LinkedHashSet<String>();
      planned(instruction.id()).dependencies().forEach(id -> collect(id, before));
      for (var dependency : before) {
        for (var path : instruction(dependency).deliverables()) {
          copy(workspace(dependency).resolve(path), work.resolve(path));
          copy(workspace(dependency).resolve(path), inputs.resolve(path));
        }
      }
      for (var block : instruction.blocks()) {
        var ended = bash(instruction.id(), block.script(), work, inputs);
        if (ended.exit() != 0) {
          throw new AssertionError(
              "%s block %d: %s".formatted(instruction.id(), block.ordinal(), ended));
        }
      }
      for (var path : instruction.deliverables()) {
        if (!Files.isRegularFile(work.resolve(path))) {
          throw new AssertionError("%s did not deliver %s".formatted(instruction.id(), path));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to);
  }

  /// Runs a script as the runtime does: `bash -eo pipefail`, and of the environment only what every
  /// script is promised.
  Ended bash(String worker, String script, Path work, Path inputs) {
    try {
      var scratch = Files.createTempDirectory(room, worker + "-scratch-");
      var file = Files.writeString(scratch.resolve("script.sh"), script);
      var output = scratch.resolve("output.txt");
      var builder = new ProcessBuilder("/bin/bash", "-eo", "pipefail", file.toString());
      builder.directory(work.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.redirectInput(Path.of("/dev/null").toFile());
      builder.environment().clear();
      builder.environment().putAll(environment(worker, scratch, inputs));
      var process = builder.start();
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError(worker + " still runs after " + PATIENCE_SECONDS + " s");
        }
      } finally {
        process.destroyForcibly();
      }
      return new Ended(process.exitValue(), Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private Map<String, String> environment(String worker, Path scratch, Path inputs) {
    return Map.of(
        "PATH",
        "/usr/bin:/bin",
        "HOME",
        scratch.toString(),
        "LANG",
        "C.UTF-8",
        "TMPDIR",
        scratch.toString(),
        "MUSTER_TARGET",
        target.toString(),
        "MUSTER_RUN",
        "run_plain",
        "MUSTER_WORKER",
        worker,
        "MUSTER_ATTEMPT",
        "1",
        "MUSTER_INPUTS",
        inputs.toString());
  }

  private Planned planned(String id) {
    return known(planned, id);
  }

  private WorkerInstruction instruction(String id) {
    return known(instructions, id);
  }

  private static <T> T known(Map<String, T> all, String id) {
    var found = all.get(id);
    if (found == null) throw new AssertionError(id + " is not in the plan");
    return found;
  }

  Plan plan() {
    return plan;
  }
}
