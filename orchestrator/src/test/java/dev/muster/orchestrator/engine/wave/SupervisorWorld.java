package dev.muster.orchestrator.engine.wave;

import dev.muster.protocol.approval.Decision;
import dev.muster.protocol.run.ResultsReport;
import dev.muster.protocol.run.RunCommand;
import dev.muster.protocol.run.RunPlan;
import dev.muster.protocol.run.RunPlan.FailurePolicy;
import dev.muster.protocol.worker.WorkerPhase;
import java.util.List;
import java.util.SplittableRandom;

/// What operators, workers, gates and nodes do to a supervisor in no order at all.
final class SupervisorWorld {
  private static final List<String> COMMANDS =
      List.of(
          "Create",
          "Wake",
          "WorkerReported",
          "Pause",
          "Resume",
          "Cancel",
          "Retry",
          "LaunchWave",
          "Describe",
          "ReportResults",
          "WaveDecided",
          "HeadroomChanged",
          "GateAnswered",
          "GateReady",
          "Tick",
          "Remind",
          "Spawn",
          "Forget");
  private static final List<WorkerPhase> PHASES =
      List.of(
          WorkerPhase.RUNNING,
          WorkerPhase.AWAITING_APPROVAL,
          WorkerPhase.COMPLETED,
          WorkerPhase.COMPLETED,
          WorkerPhase.FAILED);
  private static final List<Decision> DECISIONS = List.of(Decision.values());
  private static final int ROUNDS_MAX = 200;

  private final SupervisorHarness run;
  private final SplittableRandom random;
  private final RunPlan plan;

  SupervisorWorld(SupervisorHarness run, SplittableRandom random) {
    this.run = run;
    this.random = random;
    this.plan = someGated(Simulation.plan(random), random);
    run.sowing = SpawningTest::sown;
  }

  private static RunPlan someGated(RunPlan plan, SplittableRandom random) {
    var waves =
        plan.waves().stream()
            .map(wave ->
                new RunPlan.Wave(
                    wave.number(),
                    wave.name(),
                    wave.parallelMax(),
                    random.nextInt(3) == 0,
                    random.nextInt(3) == 0 ? FailurePolicy.STOP : FailurePolicy.CONTINUE))
            .toList();
    return new RunPlan(plan.workforce(), waves, plan.workers(), plan.limits());
  }

  void begin() {
    run.begin(plan);
  }

  List<String> everyCommand() {
    return COMMANDS;
  }

  /// Sends something, mostly what moves the run on, and says what.
  String anything() {
    var command =
        switch (random.nextInt(10)) {
          case 0, 1, 2 -> "WorkerReported";
          case 3, 4 -> "GateReady";
          case 5 -> "HeadroomChanged";
          default -> COMMANDS.get(random.nextInt(COMMANDS.size()));
        };
    if (command.equals("Cancel") && random.nextInt(4) > 0) return anything();
    send(command);
    return command;
  }

  void send(String command) {
    switch (command) {
      case "Create" -> run.create(plan);
      case "Wake" -> run.tell(new RunCommand.Wake());
      case "WorkerReported" -> run.report(anyWorker(), random.nextInt(2), any(PHASES));
      case "Pause" -> run.pause(some());
      case "Resume" -> run.resume(some());
      case "Cancel" -> run.cancel(some());
      case "Retry" -> run.retry(some());
      case "LaunchWave" -> run.launch(anyWave());
      case "Describe" -> run.ask(RunCommand.Describe::new);
      case "ReportResults" ->
          run.ask(replyTo -> new RunCommand.ReportResults(anyReport(), replyTo));
      case "WaveDecided" -> run.decide(approval(anyWave()), any(DECISIONS));
      case "HeadroomChanged" -> run.slots(random.nextInt(4));
      case "GateAnswered" -> gateAnswered(anyWave());
      case "GateReady" -> run.tell(new RunCommand.GateReady());
      case "Tick" -> run.tell(new RunCommand.Tick());
      case "Remind" -> run.tell(new RunCommand.Remind());
      case "Spawn" ->
          run.spawn(
              anyWorker(),
              random.nextInt(1, 4),
              SpawningTest.task("One"),
              SpawningTest.task("Two"));
      case "Forget" -> run.forget();
      default -> throw new IllegalStateException(command);
    }
  }

  private ResultsReport anyReport() {
    return random.nextBoolean()
        ? ResultsReport.failed("/r/run_1", "cannot write /r")
        : new ResultsReport("/r/run_1", null, 0, List.of());
  }

  private void gateAnswered(int wave) {
    if (run.state() instanceof Carried carried && carried.waves().containsKey(wave)) {
      run.answerUndecided(wave, approval(wave));
    } else {
      run.tell(new RunCommand.GateAnswered(wave, null));
    }
  }

  /// From here on everybody does what the run waits for.
  void endWell() {
    run.tell(new RunCommand.Wake());
    run.resume();
    for (var round = 0; round < ROUNDS_MAX && !run.carried().finished(); round++) {
      run.goOn();
      for (var wave : run.carried().waves().keySet()) {
        if (run.gateOf(wave).approval() == null) run.answerUndecided(wave, approval(wave));
        if (run.gateOf(wave).decision() == null) run.decide(approval(wave), Decision.APPROVED);
        run.launch(wave); // mostly refused: it is not its turn, or it needs none
      }
      run.carried().underWay().toList().forEach(it -> run.settle(it.id(), end(it)));
    }
  }

  private static WorkerPhase end(Member member) {
    return member.cancelled() ? WorkerPhase.CANCELLED : WorkerPhase.COMPLETED;
  }

  private static String approval(int wave) {
    return "apr_1_wave" + wave;
  }

  private int anyWave() {
    return random.nextInt(1, plan.waves().size() + 2);
  }

  private String anyWorker() {
    var workers =
        run.state() instanceof Carried carried && random.nextInt(4) > 0
            ? carried.underWay().map(Member::id).sorted().toList()
            : List.<String>of();
    return any(
        workers.isEmpty() ? plan.workers().stream().map(RunPlan.Planned::id).toList() : workers);
  }

  /// Everybody, or one.
  private String[] some() {
    return random.nextBoolean() ? new String[0] : new String[] {anyWorker()};
  }

  private <T> T any(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }
}
