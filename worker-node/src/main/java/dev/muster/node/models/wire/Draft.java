package dev.muster.node.models.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.node.models.ModelAnswer;
import dev.muster.node.models.ModelAnswer.Finish;
import dev.muster.node.models.ModelEvents;
import dev.muster.node.models.ModelRequest;
import dev.muster.node.models.ToolCall;
import dev.muster.node.models.ToolSpec;
import dev.muster.node.models.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is known of an answer so far; common to all protocols.
final class Draft {
  /// More at once is no answer to anything.
  private static final int CALLS_MAX = 64;

  /// How ids begin that the protocol did not give.
  static final String OWN_IDS = "muster_";

  private final ModelRequest request;
  private final ModelEvents events;
  private final StringBuilder text = new StringBuilder();
  private final TreeMap<Integer, CallDraft> calls = new TreeMap<>();

  @Nullable Finish finish;
  Usage usage = Usage.UNTOLD;
  @Nullable JsonNode error;

  private static final class CallDraft {
    String id = "";
    String name = "";
    @Nullable String mark;
    final StringBuilder arguments = new StringBuilder();
  }

  Draft(ModelRequest request, ModelEvents events) {
    this.request = request;
    this.events = events;
  }

  void text(String part) {
    if (part.isEmpty()) return;
    text.append(part);
    events.text(part);
  }

  /// @param index of the call in the answer; parts of one call share it
  void call(int index, String id, String name, String arguments) throws BadAnswerException {
    var call = calls.computeIfAbsent(index, _ -> new CallDraft());
    if (calls.size() > CALLS_MAX) {
      throw new BadAnswerException("expected at most " + CALLS_MAX + " tool calls, found more");
    }
    if (!id.isEmpty()) call.id = id;
    if (!name.isEmpty() && call.name.isEmpty()) {
      call.name = name;
      events.calling(name);
    }
    call.arguments.append(arguments);
  }

  void mark(int index, String mark) {
    var call = calls.get(index);
    if (call != null && !mark.isEmpty()) call.mark = mark;
  }

  int nextCall() {
    return calls.isEmpty() ? 0 : calls.lastKey() + 1;
  }

  ModelAnswer answer() throws BadAnswerException {
    var output = request.output();
    var made = new ArrayList<ToolCall>();
    for (var entry : calls.entrySet()) made.add(made(entry.getKey(), entry.getValue()));
    if (output != null) return structured(output.name(), made);
    if (text.isEmpty() && made.isEmpty() && finish != Finish.LENGTH && finish != Finish.FILTERED) {
      throw new BadAnswerException("expected text or a tool call, found neither");
    }
    var ended = finish == null ? Finish.OTHER : finish;
    var all = made.isEmpty() || ended == Finish.LENGTH ? ended : Finish.TOOL_CALLS;
    return new ModelAnswer(text.toString(), made, usage, all);
  }

  /// In some protocols the object comes as the arguments of a tool named like the schema.
  private ModelAnswer structured(String name, List<ToolCall> made) throws BadAnswerException {
    var said = text.toString();
    for (var call : made) {
      if (call.name().equals(name)) said = call.arguments();
    }
    if (Wire.objectOrNull(said) == null) {
      throw new BadAnswerException(
          "expected a JSON object as asked for, found " + Excerpt.of(said));
    }
    return new ModelAnswer(said, List.of(), usage, finish == Finish.LENGTH ? finish : Finish.STOP);
  }

  private ToolCall made(int index, CallDraft call) {
    var id = call.id.isEmpty() ? OWN_IDS + request.messages().size() + "_" + index : call.id;
    var arguments = call.arguments.isEmpty() ? "{}" : call.arguments.toString();
    return new ToolCall(id, call.name, arguments, problem(call.name, arguments), call.mark);
  }

  private @Nullable String problem(String name, String arguments) {
    var offered = request.tools().stream().map(ToolSpec::name).toList();
    if (request.output() == null && !offered.contains(name)) {
      return "there is no tool %s; there is %s"
          .formatted(Excerpt.of(name), offered.isEmpty() ? "none" : String.join(", ", offered));
    }
    return Wire.objectOrNull(arguments) != null
        ? null
        : "the arguments of %s are not a JSON object; call it again with one".formatted(name);
  }
}
