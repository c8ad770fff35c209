package dev.muster.node.tools;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.node.models.ToolCall;
import dev.muster.node.sandbox.Capture;
import dev.muster.node.sandbox.SandboxFixture;
import dev.muster.node.sandbox.SandboxMode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/// An agent's place with a real sandbox, where calls are carried out as the runtime does.
final class Scene implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final SandboxFixture fixture;
  final Path work;
  final Path inputs;
  private int scripts;

  Scene(Path folder) throws IOException, InterruptedException {
    fixture = new SandboxFixture(folder, SandboxMode.REQUIRE);
    work = fixture.attempt.resolve("work");
    inputs = fixture.attempt.resolve("inputs");
  }

  /// What was handed in, in both places.
  void give(String path, String content) throws IOException {
    for (var folder : List.of(work, inputs)) {
      var file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    }
  }

  ToolPlace place(Boundaries boundaries) {
    return new ToolPlace(work, inputs, boundaries);
  }

  /// @param arguments names and values in turn
  static ToolCall call(String tool, Object... arguments) {
    var given = new LinkedHashMap<String, Object>();
    for (var i = 0; i < arguments.length; i += 2) {
      given.put(arguments[i].toString(), arguments[i + 1]);
    }
    return ToolCall.of("call", tool, JSON.valueToTree(given).toString());
  }

  ToolOutcome of(Boundaries boundaries, ToolCall call) throws IOException, InterruptedException {
    var place = place(boundaries);
    return switch (Toolbox.STANDARD.plan(call, place)) {
      case ToolPlan.Said(var outcome) -> outcome;
      case ToolPlan.Refused(var violation) -> ToolOutcome.refused(violation);
      case ToolPlan.Look(var look) -> look.carryOut();
      case ToolPlan.Statement(_, var statement, _) -> ToolOutcome.of("statement: " + statement);
      case ToolPlan.Change(var change) -> change.carryOut();
      case ToolPlan.Command(var script, _) -> run(script, place);
      // As if somebody had approved it, but without any network.
      case ToolPlan.Gated(_, var script) -> run(script, place);
      case ToolPlan.Question(var text) -> ToolOutcome.of("asked: " + text);
      case ToolPlan.Spawn(var drafts) -> ToolOutcome.of("spawned: " + drafts);
      case ToolPlan.Share(var request) -> ToolOutcome.of("shared: " + request);
      case ToolPlan.Session(var request) -> ToolOutcome.of("session: " + request);
      case ToolPlan.Finish(var summary) -> ToolOutcome.of("finished: " + summary);
    };
  }

  private ToolOutcome run(String script, ToolPlace place) throws IOException, InterruptedException {
    var file = Files.writeString(fixture.attempt.resolve("tool-" + ++scripts + ".sh"), script);
    var printed = new ByteArrayOutputStream();
    var capture = new Capture(printed, SandboxFixture.LIMITS);
    var job = fixture.job().running(file, Duration.ofSeconds(20));
    var ended = fixture.sandbox.run(job, capture);
    var undone = Kept.after(place);
    var said = printed.toString(StandardCharsets.UTF_8);
    // As the runtime does, which tells the end of what was printed.
    var end = said.substring(Math.max(0, said.length() - ToolOutcome.TEXT_MAX / 2));
    var text = end + (undone == null ? "" : "\n" + undone.sentence());
    return new ToolOutcome(text, ended.exitCode() != 0 || undone != null, undone);
  }

  @Override
  public void close() {
    fixture.close();
  }
}
