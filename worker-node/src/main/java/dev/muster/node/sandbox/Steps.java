package dev.muster.node.sandbox;

import dev.muster.node.workspace.AttemptLog;
import dev.muster.node.workspace.Workspace;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.StepResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Runs the steps of one attempt, one after another: each with its script written to where it
/// cannot be changed, its output in the attempt's log, its time taken from the attempt's.
public final class Steps {
  private static final int OUT_OF_TIME = 124;
  private static final int LEFT_OUT_SAID_MAX = 20;

  private final Sandbox sandbox;
  private final SandboxLimits limits;
  private final Workspace workspace;
  private final AttemptLog log;
  private final TimeBudget budget;
  private String output = "";

  public Steps(
      Sandbox sandbox,
      SandboxLimits limits,
      Workspace workspace,
      AttemptLog log,
      TimeBudget budget) {
    this.sandbox = sandbox;
    this.limits = limits;
    this.workspace = workspace;
    this.log = log;
    this.budget = budget;
  }

  /// @param failLine first line of the output that says a failure (`FailLine`); null when there is
  ///   none
  /// @param emptyRun first line by which a test runner says that it ran nothing (`EmptyRun`)
  /// @param lastLine of the output; null when it printed nothing
  public record Step(
      StepResult result,
      @Nullable String failLine,
      @Nullable String emptyRun,
      @Nullable String lastLine) {

    /// Why it failed, in one sentence.
    public String failure() {
      var text = "%s ended with exit %d".formatted(result.name(), result.exitCode());
      if (result.note() != null) text += " (" + result.note() + ")";
      return lastLine == null ? text : text + "; its last line: " + lastLine;
    }
  }

  /// @param name such as `block 1`; also names the script's file
  /// @param job whose script and time limit are filled in here
  public Step run(String name, String text, Job job) throws IOException, InterruptedException {
    return run(name, text, job, Leave.GIVEN);
  }

  /// The same step, which begins when it is told. Meanwhile no other may.
  public ReadyStep ready(String name, String text, Job job) {
    return new ReadyStep(name, this, leave -> run(name, text, job, leave));
  }

  private Step run(String name, String text, Job job, Leave leave)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) throw new InterruptedException("stopped before " + name);
    if (!leave.waits()) log.say(name);
    if (isOutOfTime()) return outOfTime(name);
    var capture = new Capture(log.output(), limits, job.secrets());
    Sandbox.Ended ended;
    try {
      ended = sandbox.run(job.running(workspace.script(name, text), budget.left()), capture, leave);
    } finally {
      // Also of who was stopped: what it printed last may be held back.
      capture.end();
    }
    if (leave.isRefused()) throw new InterruptedException(name + " was never begun");
    output = capture.excerpt();
    budget.spend(ended.duration());
    workspace.ran(budget.spent());
    var note = ended.ranOutOfTime() ? timeOver() : ended.note();
    if (note == null && ended.exitCode() != 0) note = workspace.fullInWords();
    if (note == null) note = NetworkRefused.note(job, ended.exitCode(), capture.lastLine());
    var result =
        new StepResult(
            name, ended.exitCode(), ended.duration(), capture.sha256(), capture.bytes(), note);
    log.say(
        String.format(
            Locale.ROOT,
            "%s: exit %d after %.3f s, %d bytes printed%s",
            name,
            result.exitCode(),
            result.duration().toMillis() / 1000.0,
            result.outputBytes(),
            note == null ? "" : ", " + note));
    return new Step(result, capture.failLine(), capture.emptyRun(), capture.lastLine());
  }

  /// The beginning and the end of what the last step printed.
  public String output() {
    return output;
  }

  /// What the attempt may still run.
  public Duration timeLeft() {
    return budget.left();
  }

  /// The attempt has run at least so long, though not in steps alone.
  public void ranAtLeast(Duration all) throws IOException {
    var more = all.minus(budget.spent());
    if (!more.isPositive()) return;
    budget.spend(more);
    workspace.ran(budget.spent());
  }

  /// A line of the runtime's own in the log.
  public void say(String line) throws IOException {
    log.say(line);
  }

  /// What the next steps do not see of the workspace.
  public void sayLeftOut(List<String> paths) throws IOException {
    for (var path : paths.subList(0, Math.min(paths.size(), LEFT_OUT_SAID_MAX))) {
      log.say("not copied for the tests, since it cannot be read: " + path);
    }
    var more = paths.size() - LEFT_OUT_SAID_MAX;
    if (more > 0) log.say("not copied for the tests: %d more that cannot be read".formatted(more));
  }

  /// Whether the next step would not be started any more.
  public boolean isOutOfTime() {
    return budget.left().isZero();
  }

  /// What is said of a step that is not started any more.
  public Step outOfTime(String name) {
    var result = new StepResult(name, OUT_OF_TIME, Duration.ZERO, Sha256.of(""), 0, timeOver());
    return new Step(result, null, null, null);
  }

  private String timeOver() {
    return "killed: the attempt's time limit of " + budget.words() + " is used up";
  }
}
