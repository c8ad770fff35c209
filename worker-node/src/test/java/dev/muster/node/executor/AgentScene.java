package dev.muster.node.executor;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.node.agent.AgentLimits;
import dev.muster.node.agent.OutsideAgent;
import dev.muster.node.models.ProviderKind;
import dev.muster.node.models.pool.Pools;
import dev.muster.node.models.pool.Profile;
import dev.muster.node.models.pool.RateLimits;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.node.sandbox.SandboxKind;
import dev.muster.node.sandbox.SandboxMode;
import dev.muster.node.tools.Tool;
import dev.muster.protocol.agent.Role;
import dev.muster.protocol.instruction.Brief;
import dev.muster.protocol.instruction.Script;
import dev.muster.protocol.instruction.TaskType;
import dev.muster.protocol.instruction.WorkerInstruction;
import dev.muster.protocol.proof.Sha256;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.AttemptReport;
import dev.muster.testkit.model.ModelServer;
import dev.muster.testkit.model.Received;
import dev.muster.testkit.model.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/// An executor whose agents ask a server of the test, which answers by how often it has answered in
/// the conversation that it is sent.
final class AgentScene implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEXT = "Write out.txt.";

  final ModelServer server = ModelServer.open();
  final ExecutorFixture it;

  AgentScene(Path folder, AgentLimits limits) throws IOException, InterruptedException {
    this(folder, limits, Map.of(), TestTools.ALL);
  }

  AgentScene(Path folder, AgentLimits limits, List<Tool> tools)
      throws IOException, InterruptedException {
    this(folder, limits, Map.of(), tools);
  }

  AgentScene(Path folder, AgentLimits limits, Map<String, OutsideAgent> outside)
      throws IOException, InterruptedException {
    this(folder, limits, outside, TestTools.ALL);
  }

  private AgentScene(
      Path folder, AgentLimits limits, Map<String, OutsideAgent> outside, List<Tool> tools)
      throws IOException, InterruptedException {
    var none = RateLimits.NONE;
    var models =
        Pools.settings(
            List.of(
                Pools.provider("first", ProviderKind.OPENAI, server.url(), none),
                Pools.provider("second", ProviderKind.OPENAI, server.url(), none)),
            List.of(
                Pools.profile("one", false, "first"),
                Pools.profile("two", false, "second"),
                new Profile(
                    AgentFloor.PROFILE,
                    List.of(new Profile.Target("first", "m")),
                    false,
                    null,
                    1_000,
                    Set.of())));
    it =
        new ExecutorFixture(
            folder,
            SandboxMode.REQUIRE,
            SandboxKind.NONE,
            ExecutorFixture.agents(models, tools, limits)
                .with(outside)
                .knowing(
                    List.of(
                        new Role("reviewer", null, List.of(), "You doubt."),
                        new Role(
                            "reporter",
                            null,
                            List.of(),
                            "You report.",
                            List.of(new Role.Output("notes.md", "Findings")),
                            1))));
  }

  /// @param turns what is answered, by the number of answers before
  AgentScene answering(IntFunction<Turn> turns) {
    server.otherwise(request -> turns.apply(answersIn(request)));
    return this;
  }

  static List<JsonNode> messages(Received request) {
    try {
      var all = new ArrayList<JsonNode>();
      JSON.readTree(request.body()).path("messages").forEach(all::add);
      return all;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int answersIn(Received request) {
    return (int)
        messages(request).stream()
            .filter(it -> it.path("role").asText().equals("assistant"))
            .count();
  }

  /// One that owes `out.txt`, which says `two` when it is done.
  WorkerInstruction instruction() {
    return instruction(new Brief("MECHANICAL", null, null, List.of()));
  }

  /// @param provider whom it names
  WorkerInstruction instruction(@Nullable String provider) {
    return instruction(new Brief("MECHANICAL", provider, null, List.of()));
  }

  WorkerInstruction instruction(Brief brief) {
    var instruction =
        new WorkerInstruction(
            "WORKER_001",
            "Title",
            Sha256.of(TEXT),
            TaskType.MECHANICAL,
            List.of(),
            List.of(new Script(1, "cat out.txt; grep -q two out.txt", false)),
            List.of("out.txt"),
            null,
            null,
            Duration.ofMinutes(3),
            null,
            null,
            null,
            List.of(),
            null,
            null,
            brief);
    it.instructions.put(instruction.digest(), instruction);
    it.texts.put(instruction.digest(), TEXT);
    return instruction;
  }

  /// Hears what an attempt reports up to this step, of which it hears no more: its node ends.
  ///
  /// @param kept whether the step is in the journal
  void endAt(Predicate<AgentStep> step, boolean kept) {
    while (true) {
      var report = it.next();
      if (report.report() instanceof AttemptReport.Stepped(var done)) {
        var last = step.test(done);
        if (kept || !last) it.progress = it.progress.after(done);
        if (last) break;
      }
      report.replyTo().tell(Done.getInstance());
    }
    end();
  }

  void end() {
    it.executor.tell(new Executor.Cancel(SandboxFixture.RUN + "/WORKER_001", it.attempts));
    await().until(() -> it.occupancy().busyShards().isEmpty());
    while (true) {
      // What was said again meanwhile.
      try {
        it.worker.expectNoMessage(Duration.ofMillis(1));
        return;
      } catch (AssertionError _) {
        // there may be more
      }
    }
  }

  static List<AgentStep> steps(List<AttemptReport> reports) {
    return reports.stream()
        .filter(AttemptReport.Stepped.class::isInstance)
        .map(step -> ((AttemptReport.Stepped) step).step())
        .toList();
  }

  static List<AgentStep.Kind> kinds(List<AttemptReport> reports) {
    return steps(reports).stream().map(AgentStep::kind).toList();
  }

  /// What the model was told last.
  String lastTold() {
    return messages(server.received().getLast()).getLast().path("content").asText();
  }

  static Turn write(String text) {
    return Turn.call("write", "{\"path\":\"out.txt\",\"text\":\"" + text + "\"}");
  }

  static Turn shell(String script) {
    return Turn.call("shell", "{\"script\":\"" + script + "\"}");
  }

  static Turn finish() {
    return Turn.call("finish", "{}");
  }

  @Override
  public void close() {
    it.close();
    server.close();
  }
}
