package dev.muster.node.executor;

import dev.muster.node.executor.Contents.CannotAskException;
import dev.muster.node.executor.Executor.Execute;
import dev.muster.node.executor.Gate.SilentException;
import dev.muster.node.workspace.AttemptLog;
import dev.muster.node.workspace.Snapshots.RefusedException;
import dev.muster.node.workspace.Workspace;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.proof.Seals;
import dev.muster.protocol.worker.Artifact;
import dev.muster.protocol.worker.Artifacts.UnreachableException;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.Interrupted;
import dev.muster.protocol.worker.AttemptReport.Succeeded;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import dev.muster.protocol.worker.Attestation;
import dev.muster.protocol.worker.Receipt;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt from its workspace to its verdict. Blocks in order until one fails, then the tests.
final class AttemptRun implements AttemptWork {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptRun.class);

  private final Execute request;
  private final Workplace workplace;
  private final InstructionSource instructions;
  private final Gate gate;
  private final StartedOperations started;
  private final Seals seals;
  private final InstantSource clock;

  /// The work of every attempt of one life of a node.
  static Function<Execute, AttemptWork> all(
      Workplace workplace,
      InstructionSource instructions,
      InputSource inputs,
      GateClient gate,
      String claimant,
      Seals seals,
      InstantSource clock) {
    var started = new StartedOperations();
    return request ->
        tell -> {
          try {
            return new AttemptRun(
                    InputSource.listed(request, inputs),
                    workplace,
                    instructions,
                    new Gate(gate, request.assignment().run(), claimant),
                    started,
                    seals,
                    clock)
                .carryOut(tell);
          } catch (SilentException e) {
            return new Interrupted(sentence(e));
          }
        };
  }

  private AttemptRun(
      Execute request,
      Workplace workplace,
      InstructionSource instructions,
      Gate gate,
      StartedOperations started,
      Seals seals,
      InstantSource clock) {
    this.request = request;
    this.workplace = workplace;
    this.instructions = instructions;
    this.gate = gate;
    this.started = started;
    this.seals = seals;
    this.clock = clock;
  }

  @Override
  public AttemptReport carryOut(Consumer<AttemptReport> tell) {
    try {
      return attested(attempt(tell));
    } catch (InterruptedException _) {
      return new Interrupted("the attempt was stopped");
    } catch (SilentException | UnreachableException e) {
      return new Interrupted(sentence(e));
    } catch (CannotAskException e) {
      return hopeless("nobody can be asked about an operation: " + sentence(e));
    } catch (RefusedException e) {
      return new Unsuccessful(
          "what the operation declares cannot be taken: " + sentence(e), !e.lasting(), null);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) return new Interrupted("the attempt was stopped");
      return new Unsuccessful("the node could not carry it out: " + reason(e), true, null);
    } catch (RuntimeException e) {
      return new Unsuccessful("the node failed: " + e, true, null);
    }
  }

  /// This node ran the tests, so it says so.
  private AttemptReport attested(AttemptReport report) {
    return switch (report) {
      case Succeeded(var receipt) -> new Succeeded(attested(receipt));
      case Unsuccessful(var reason, var retryable, var receipt) when receipt != null ->
          new Unsuccessful(reason, retryable, attested(receipt));
      default -> report;
    };
  }

  private Receipt attested(Receipt receipt) {
    var assignment = request.assignment();
    return Attestation.attest(
        seals, assignment.run(), assignment.worker(), request.attempt(), receipt, clock.instant());
  }

  private AttemptReport attempt(Consumer<AttemptReport> tell)
      throws IOException, InterruptedException, SilentException {
    var assignment = request.assignment();
    if (assignment.rehearse()) return hopeless("a rehearsal executes nothing");
    var instruction = find();
    if (instruction == null) {
      return hopeless(
          "no instruction with digest %s is stored".formatted(assignment.instructionDigest()));
    }
    if (instruction.tests().isEmpty()) {
      return hopeless(
          assignment.worker() + " has no TEST_PROCESS script, so nothing can prove its work");
    }
    if (instruction.blocks().isEmpty()) {
      return hopeless(nothingToRun(assignment.worker(), instruction));
    }
    try (var target = AttemptTarget.open(assignment, workplace)) {
      return target.problem() == null
          ? attempt(instruction, target, tell)
          : hopeless(target.problem());
    }
  }

  private static String nothingToRun(String worker, WorkerInstruction instruction) {
    var why = instruction.noBlocks();
    return why == null
        ? worker + " has no EXECUTION section and no model is configured"
        : worker + " cannot be carried out: " + why + ", and no model is configured";
  }

  private AttemptReport attempt(
      WorkerInstruction instruction, AttemptTarget target, Consumer<AttemptReport> tell)
      throws IOException, InterruptedException, SilentException {
    var assignment = request.assignment();
    var chosen = new WorkspaceChoice(request, workplace).choose();
    var workspace = chosen.workspace();
    if (workspace == null) {
      return new Interrupted(
          "the workspace of attempt %d is not on this node".formatted(request.attempt()));
    }
    try {
      var report = logged(instruction, workspace, chosen.resumption(), target, tell);
      if (report instanceof Succeeded(var receipt)) giveBackInputs(workspace, receipt);
      return report;
    } finally {
      workplace.logs().keep(assignment.run(), assignment.worker(), request.attempt(), workspace);
    }
  }

  /// A disk of many workers holds what they hand to one another only once. What was also delivered
  /// stays with what was made.
  private void giveBackInputs(Workspace workspace, Receipt receipt) {
    var delivered = receipt.deliverables().stream().map(Artifact::path).collect(Collectors.toSet());
    try {
      workspace.giveBack(
          request.assignment().inputs().stream()
              .filter(input -> !delivered.contains(input.path()))
              .toList());
    } catch (IOException e) {
      LOG.info("{} keeps copies of its inputs: {}", workspace.folder(), e.toString());
    }
  }

  private AttemptReport logged(
      WorkerInstruction instruction,
      Workspace workspace,
      Resumption resumption,
      AttemptTarget target,
      Consumer<AttemptReport> tell)
      throws IOException, InterruptedException, SilentException {
    try (var log = new AttemptLog(workspace.log(), clock)) {
      if (resumption.held() != null) {
        log.say(
            "goes on before block %d, with what was asked about".formatted(resumption.ordinal()));
      }
      for (var note : resumption.notes()) log.say(note);
      var setting = AttemptSetting.of(request, workplace, instruction, workspace, target, log);
      return course(setting, resumption, tell).run(resumption.ordinal());
    }
  }

  private AttemptCourse course(
      AttemptSetting setting, Resumption resumption, Consumer<AttemptReport> tell) {
    var isolates = workplace.sandbox().isolates();
    var runner =
        new Runner(
            setting.steps(), setting.job(), workplace.secrets(), isolates, request.attempt());
    var operations = new Operations(setting, resumption);
    var conversation = new GateConversation(gate, runner, started, operations, request.attempt());
    return new AttemptCourse(
        setting, runner, operations, conversation, new Freezer(setting, resumption), tell);
  }

  private @Nullable WorkerInstruction find() throws SilentException {
    try {
      return instructions.find(request.assignment().instructionDigest());
    } catch (RuntimeException e) {
      throw new SilentException("the instruction could not be read: " + e, e);
    }
  }

  private static Unsuccessful hopeless(String reason) {
    return new Unsuccessful(reason, false, null);
  }

  private static String reason(IOException e) {
    var said = sentence(e);
    return said.contains("No space left on device")
        ? "no room is left on its disk: free some space (" + said + ")"
        : said;
  }

  private static String sentence(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
