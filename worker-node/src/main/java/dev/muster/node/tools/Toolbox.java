package dev.muster.node.tools;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.node.models.ToolCall;
import dev.muster.node.models.ToolSpec;
import dev.muster.node.tools.ToolPlan.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// The tools that an agent has. A name means exactly one of them, to the letter.
public record Toolbox(List<Tool> tools) {
  /// All there are.
  public static final Toolbox STANDARD =
      new Toolbox(
          Stream.<List<Tool>>of(
                  ScriptTools.all(),
                  FileTools.all(),
                  List.of(GitTool.tool()),
                  NetworkTools.all(),
                  ShareTools.all(),
                  List.of(new SpawnTool()),
                  SessionTools.all(),
                  TalkTools.all())
              .flatMap(List::stream)
              .toList());

  private static final int ARGUMENTS_CHARS_MAX = 3 << 20;
  private static final int DEPTH_MAX = 20;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEPTH_MAX)
                      .maxNumberLength(20)
                      .maxNameLength(200)
                      .maxStringLength(ARGUMENTS_CHARS_MAX)
                      .build())
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build());

  public Toolbox {
    tools = List.copyOf(tools);
  }

  /// Only these of them; names that nobody has are left out.
  public Toolbox only(Collection<String> names) {
    return new Toolbox(tools.stream().filter(it -> names.contains(it.spec().name())).toList());
  }

  public List<ToolSpec> specs() {
    return tools.stream().map(Tool::spec).toList();
  }

  /// What a call comes to, whatever the model wrote.
  ///
  /// @throws IOException when the place cannot be read
  public ToolPlan plan(ToolCall call, ToolPlace place) throws IOException {
    for (var tool : tools) {
      if (!tool.spec().name().equals(call.name())) continue;
      if (call.problem() != null) return said(call.problem());
      if (call.arguments().length() > ARGUMENTS_CHARS_MAX) {
        return said(
            "the arguments have %d characters, more than the %d they may"
                .formatted(call.arguments().length(), ARGUMENTS_CHARS_MAX));
      }
      JsonNode arguments;
      try {
        arguments = JSON.readTree(call.arguments());
      } catch (JsonProcessingException e) {
        return said("the arguments are no JSON object: " + e.getOriginalMessage());
      }
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(arguments.toString())) {
        return said(
            "the arguments hold half of a character: an escaped surrogate without the other");
      }
      return tool.plan(arguments, place);
    }
    return said(
        "there is no tool `%s`; there are %s"
            .formatted(
                Parameters.shortened(call.name()),
                String.join(", ", tools.stream().map(it -> it.spec().name()).toList())));
  }

  private static Said said(String text) {
    return new Said(ToolOutcome.failure(Parameters.shortened(text, 2_000)));
  }
}
