package dev.muster.node.executor;

import dev.muster.node.sandbox.Job;
import dev.muster.node.sandbox.ReadyStep;
import dev.muster.node.sandbox.Secrets;
import dev.muster.node.sandbox.Steps;
import dev.muster.node.sandbox.Steps.Step;
import dev.muster.protocol.approval.Permit;
import dev.muster.protocol.instruction.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The only way to run a block. What stays inside its sandboxed workspace runs as it is; anything
/// else runs with the permit that was made for exactly this operation, once.
final class Runner {
  private final Steps steps;
  private final Job job;
  private final Vault vault;
  private final boolean isolates;
  private final int attempt;
  private final Set<Permit> used = new HashSet<>();

  /// @param isolates whether there is a real sandbox around every script
  Runner(Steps steps, Job job, boolean isolates, int attempt) {
    this(steps, job, Vault.EMPTY, isolates, attempt);
  }

  /// @param vault has what permits give
  Runner(Steps steps, Job job, Vault vault, boolean isolates, int attempt) {
    this.vault = vault;
    this.steps = steps;
    this.job = job;
    this.isolates = isolates;
    this.attempt = attempt;
  }

  /// @throws IllegalStateException when the block needs a permit
  Step run(Block block) throws IOException, InterruptedException {
    if (block.operation() != null) {
      throw new IllegalStateException(
          "block %d declares the operation %s, which needs a permit"
              .formatted(block.ordinal(), block.operation().kind()));
    }
    return run("block " + block.ordinal(), block.script(), List.of());
  }

  /// What stays inside the workspace.
  ///
  /// @param reads folders of programs, as the operator has set them up
  /// @throws IllegalStateException when nothing keeps it there
  Step run(String name, String script, List<Path> reads) throws IOException, InterruptedException {
    if (!isolates) {
      throw new IllegalStateException(name + " needs a permit: there is no sandbox on this host");
    }
    return steps.run(name, script, job.reading(reads));
  }

  /// The folders that the permit makes writable exist by now.
  ///
  /// @param real device and inode of each of them
  /// @param frozenTarget what is seen of the target, in place of it; null for the target itself
  /// @throws IllegalStateException when the permit is for another operation or attempt, or was used
  Step run(
      GatedOperation operation, Permit permit, Map<Path, String> real, @Nullable Path frozenTarget)
      throws IOException, InterruptedException {
    use(operation, permit);
    var network = operation.request().network();
    var widened = widened(operation.folders(), network, frozenTarget).holding(given(operation));
    var script = Guarded.script(operation.request().script(), real);
    return steps.run(operation.name(), script, widened);
  }

  /// Makes the sandbox of an operation that nobody has let pass yet. Nothing of its script is run
  /// before.
  ///
  /// @param real device and inode of each folder that it may write, all of which exist
  ReadyStep ready(Prospect operation, Map<Path, String> real, @Nullable Path frozenTarget) {
    var script = Guarded.script(operation.script(), real);
    var widened = widened(operation.folders(), operation.network(), frozenTarget);
    return steps.ready(operation.name(), script, widened);
  }

  /// @throws IllegalStateException when the permit is for another operation or attempt, or was used
  Step run(GatedOperation operation, Permit permit, ReadyStep ready)
      throws IOException, InterruptedException {
    use(operation, permit);
    return ready.go();
  }

  private Job widened(PermittedFolders folders, boolean network, @Nullable Path frozenTarget) {
    var seeing = frozenTarget == null ? job : job.seeing(frozenTarget);
    return seeing.widened(folders.folders(), network);
  }

  private Secrets given(GatedOperation operation) throws IOException {
    var values = new LinkedHashMap<String, String>();
    for (var name : operation.secrets()) values.put(name, vault.reveal(name));
    return new Secrets(values);
  }

  /// Leave to run the tests where there is no sandbox; the validator then runs them.
  void use(GatedOperation operation, Permit permit) {
    if (!permit.digest().equals(operation.request().digest())) {
      throw new IllegalStateException(
          "expected a permit for the operation %s, found one for %s"
              .formatted(operation.request().digest(), permit.digest()));
    }
    if (permit.attempt() != attempt) {
      throw new IllegalStateException(
          "expected a permit for attempt %d, found one for attempt %d"
              .formatted(attempt, permit.attempt()));
    }
    if (!used.add(permit)) throw new IllegalStateException(permit + " was used before");
  }

  /// Runs an operation's check: it looks from the target and changes nothing.
  Step check(GatedOperation operation, String check) throws IOException, InterruptedException {
    var name = "check " + operation.request().ordinal();
    return steps.run(name, check, job.looking(operation.folders().folders()));
  }
}
