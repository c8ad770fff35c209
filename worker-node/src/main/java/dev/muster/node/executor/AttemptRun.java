package dev.muster.node.executor;

import dev.muster.node.executor.Carriers.Work;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt from its workspace to its verdict. Blocks in order until one fails, then the tests.
final class AttemptRun implements AttemptWork {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptRun.class);

  private final Execute request;
  private final Workplace workplace;
  private final Carriers carriers;
  private final Gate gate;
  private final RunClients clients;
  private final StartedOperations started;
  private final UsualAnswers usual;
  private final Seals seals;
  private final InstantSource clock;

  /// The work of every attempt of one life of a node.
  static Function<Execute, AttemptWork> all(
      Workplace workplace,
      AttemptSources sources,
      RunClients clients,
      String claimant,
      Seals seals,
      InstantSource clock) {
    var started = new StartedOperations();
    var usual = new UsualAnswers();
    return request ->
        tell -> {
          try {
            var listed = InputSource.listed(request, sources.inputs());
            return new AttemptRun(
                    listed,
                    workplace,
                    new Carriers(listed, workplace, sources.instructions(), sources.agents()),
                    new Gate(clients.gate(), request.assignment().run(), claimant),
                    clients,
                    started,
                    usual,
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
      Carriers carriers,
      Gate gate,
      RunClients clients,
      StartedOperations started,
      UsualAnswers usual,
      Seals seals,
      InstantSource clock) {
    this.request = request;
    this.workplace = workplace;
    this.carriers = carriers;
    this.gate = gate;
    this.clients = clients;
    this.started = started;
    this.usual = usual;
    this.seals = seals;
    this.clock = clock;
  }

  @Override
  public AttemptReport carryOut(Lifeline line) {
    try {
      return attested(attempt(line));
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

  private AttemptReport attempt(Lifeline line)
      throws IOException, InterruptedException, SilentException {
    var assignment = request.assignment();
    if (assignment.rehearse()) return hopeless("a rehearsal executes nothing");
    var instruction = carriers.instruction();
    if (instruction == null) {
      return hopeless(
          "no instruction with digest %s is stored".formatted(assignment.instructionDigest()));
    }
    if (instruction.tests().isEmpty()) {
      return hopeless(
          assignment.worker() + " has no TEST_PROCESS script, so nothing can prove its work");
    }
    var work = instruction.blocks().isEmpty() ? carriers.agent(instruction) : new Work.Blocks();
    if (work instanceof Work.None(var why)) return hopeless(why);
    try (var target = AttemptTarget.open(assignment, workplace)) {
      return target.problem() == null
          ? attempt(instruction, work, target, line)
          : hopeless(target.problem());
    }
  }

  private AttemptReport attempt(
      WorkerInstruction instruction, Work work, AttemptTarget target, Lifeline line)
      throws IOException, InterruptedException, SilentException {
    var assignment = request.assignment();
    var choice = new WorkspaceChoice(request, workplace);
    var chosen = work instanceof Work.Agent ? choice.chooseForAgent() : choice.choose();
    var workspace = chosen.workspace();
    if (workspace == null) {
      return new Interrupted(
          "the workspace of attempt %d is not on this node".formatted(request.attempt()));
    }
    try (var log = new AttemptLog(workspace.log(), clock)) {
      var setting = AttemptSetting.of(request, workplace, instruction, workspace, target, log);
      var report = carryOut(work, setting, chosen.resumption(), line);
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
              .toList(),
          workplace.sandbox().isolates());
    } catch (IOException e) {
      LOG.info("{} keeps copies of its inputs: {}", workspace.folder(), e.toString());
    }
  }

  private AttemptReport carryOut(
      Work work, AttemptSetting setting, Resumption resumption, Lifeline line)
      throws IOException, InterruptedException, SilentException {
    if (resumption.held() != null && work instanceof Work.Blocks) {
      setting
          .log()
          .say(
              "goes on before block %d, with what was asked about".formatted(resumption.ordinal()));
    }
    for (var note : resumption.notes()) setting.log().say(note);
    if (!(work instanceof Work.Agent(var own, var outside, var brief, var profiles, var text))) {
      return new AttemptCourse(passage(setting, resumption, "block"), new Telling(line))
          .run(resumption.ordinal());
    }
    var passage = passage(setting, resumption, "call");
    var trail = new AgentTrail(setting, passage.freezer(), line);
    var proof = AgentProof.of(setting, trail, line, own, brief);
    var asking = new AgentAsking(setting, gate);
    var asker = outside == null ? own : own.neverAsking();
    var shares = new AgentShares(setting, own.ledger(), asker.limits(), asking, clock);
    var assignment = request.assignment();
    var shared = new Shared(clients.commons(), assignment.run(), assignment.worker());
    var spawning = new AgentSpawning(setting, clients.spawns(), shares, clock);
    var held = outside == null ? line : line.withSlot();
    var turn = new AgentTurn(setting, asker, profiles, held, asking, shares, clock);
    var sessions = new AgentSessions(trail, turn);
    var hands =
        new AgentHands(passage, own, brief, trail, line, proof, shared, asking, spawning, sessions);
    if (outside != null) {
      return new OutsideCourse(setting, own, outside, trail, turn, hands, line, text)
          .run(resumption.notes());
    }
    return new AgentCourse(setting, own, trail, turn, hands, text).run(resumption.notes());
  }

  /// @param noun what a block is called
  private Passage passage(AttemptSetting setting, Resumption resumption, String noun) {
    var isolates = workplace.sandbox().isolates();
    var runner =
        new Runner(
            setting.steps(), setting.job(), workplace.secrets(), isolates, request.attempt());
    var operations = new Operations(setting, resumption, noun);
    var conversation =
        new GateConversation(gate, runner, started, usual, operations, request.attempt());
    return new Passage(setting, runner, operations, conversation, new Freezer(setting, resumption));
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
