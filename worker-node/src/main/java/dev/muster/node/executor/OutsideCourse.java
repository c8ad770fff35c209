package dev.muster.node.executor;

import dev.muster.node.agent.Agents;
import dev.muster.node.agent.Briefing;
import dev.muster.node.agent.OutsideAgent;
import dev.muster.node.agent.Words;
import dev.muster.node.gateway.Gateway;
import dev.muster.node.sandbox.Secrets;
import dev.muster.node.sandbox.Steps.Step;
import dev.muster.protocol.agent.Entry;
import dev.muster.protocol.agent.Entry.Call;
import dev.muster.protocol.agent.Entry.Repair;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.protocol.worker.AttemptReport.Unsuccessful;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The course of an attempt that an agent of somebody else's carries out, in the sandbox and with
/// no way out but the gateway. When it ends the runtime tests; what failed is told to another call
/// of it.
record OutsideCourse(
    AttemptSetting setting,
    Agents agents,
    OutsideAgent agent,
    AgentTrail trail,
    AgentTurn turn,
    AgentHands hands,
    Lifeline line,
    String text) {
  private static final String ENDING =
      "You work with your own tools, without a network. There is no tool `finish`: when all is"
          + " done, end; the tests are run then.";
  private static final String AGAIN =
      "An earlier call of you was interrupted, and what it did since it began is gone. You begin"
          + " anew: look at what is there first.";
  private static final SecureRandom RANDOM = new SecureRandom();

  /// @param notes why what there is cannot be gone on with
  AttemptReport run(List<String> notes) throws IOException, InterruptedException {
    var task = begin(notes);
    var told = task;
    while (true) {
      var call = new Call("outside-" + trail.nextOrdinal(), agent.name(), "{}", null, null);
      var end = call(call, told);
      if (end == null) end = hands.prove(call);
      if (end != null) return end;
      told =
          trail.conversation().links().getLast().entry() instanceof Repair repair
              ? task + "\n\n## What failed\n" + repair.text()
              : task;
    }
  }

  /// Nobody can take up an agent in the middle of its work.
  private String begin(List<String> notes) throws IOException, InterruptedException {
    var progress = trail.progress();
    var again = progress.head() != null;
    if (again) {
      var left = notes.isEmpty() && progress.left() != null;
      setting
          .log()
          .say(
              "an outside agent is not gone on with in the middle: it begins anew, in the workspace"
                  + " "
                  + (left ? "that its last finished call left" : "as it was handed in"));
      trail.forget();
    }
    var request = setting.request();
    var matter =
        new Briefing.Matter(
            setting.instruction(), text, request.assignment().inputs(), request.lastFailure());
    var words = agents.briefing().brief(matter);
    var user = words.user() + "\n\n" + ENDING + (again ? "\n" + AGAIN : "");
    trail.add(Words.begun(new Briefing.Words(words.system(), user), List.of()), false);
    return (words.system() + "\n\n" + user).strip();
  }

  private static String token() {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private @Nullable AttemptReport call(Call call, String told)
      throws IOException, InterruptedException {
    line.takeSlot();
    var name = "call " + trail.nextOrdinal();
    trail.add(new Entry.Intent(call.id(), call.name(), Entry.Way.COMMAND), false);
    var before = trail.conversation().millis();
    var exchange = new OutsideExchange(turn, trail);
    var token = token();
    var folder = setting.workspace().folder();
    var socket = folder.resolve(Gateway.SOCKET);
    @Nullable Step step = null;
    @Nullable AttemptReport end;
    try (var _ = Gateway.open(folder, token, exchange)) {
      var job =
          setting
              .job()
              .asking(socket)
              .reading(agent.programs())
              .holding(new Secrets(Map.of(OutsideScript.TOKEN, token)));
      step = setting.steps().run(name, new OutsideScript(agent).telling(told), job);
      end = exchange.close();
    } catch (InterruptedException e) {
      end = exchange.interrupted();
      if (end == null) throw e;
    } catch (IOException e) {
      end = exchange.close();
      if (end == null) throw e;
    } finally {
      Files.deleteIfExists(socket);
    }
    if (step == null) return end;
    var asked = trail.conversation().millis() - before;
    var took = step.result().duration().minusMillis(asked);
    var tooMuch = hands.ran(call, step, took.isNegative() ? Duration.ZERO : took);
    if (end != null) return end;
    if (tooMuch != null) return tooMuch;
    return agent.exitCodes().contains(step.result().exitCode())
        ? null
        : new Unsuccessful(
            "the outside agent %s: %s".formatted(agent.name(), step.failure()), true, null);
  }
}
