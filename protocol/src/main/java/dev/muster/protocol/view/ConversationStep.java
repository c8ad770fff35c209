package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.protocol.worker.AgentStep;
import dev.muster.protocol.worker.WorkerEvent.AgentStepped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One step of an agent's conversation: what the journal has of it, and what was said.
///
/// @param step its number, through all attempts of the worker
/// @param kind in lower case: begun, turn, intent, outcome, repair, summary, nudge, raised, heard,
///   session, aside
/// @param model `provider/model` that answered; null for what no model said
/// @param costDollars null when the price is not known
/// @param violation what the policy refused, with its rule; null mostly
/// @param text what was said or came of it; null when it is no longer stored
/// @param cut whether the text is longer than what is shown of it
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ConversationStep(
    int step,
    int attempt,
    Instant at,
    String kind,
    @Nullable String tool,
    boolean failed,
    double seconds,
    @Nullable String model,
    @Nullable Long tokensIn,
    @Nullable Long tokensOut,
    @Nullable Double costDollars,
    @Nullable String violation,
    @Nullable String text,
    boolean cut,
    List<ToolUse> calls) {
  private static final int TEXT_CHARS = 16_000;
  private static final double MILLIS = 1_000;
  private static final double MICROS = 1_000_000;

  public ConversationStep {
    calls = List.copyOf(calls);
  }

  /// @param arguments JSON, as the model wrote it
  public record ToolUse(String tool, String arguments) {}

  /// What a step says, whole.
  public record Said(String text, List<ToolUse> calls) {
    public Said {
      calls = List.copyOf(calls);
    }
  }

  /// @param said null when it is no longer stored
  public static ConversationStep of(AgentStepped event, @Nullable Said said) {
    var step = event.step();
    var use = step.use();
    var cost = use == null ? null : use.costMicros();
    return new ConversationStep(
        step.ordinal(),
        event.attempt(),
        event.at(),
        step.kind().name().toLowerCase(Locale.ROOT),
        step.tool(),
        step.failed(),
        step.millis() / MILLIS,
        use == null ? null : use.provider() + "/" + use.model(),
        use == null ? null : use.tokensIn(),
        use == null ? null : use.tokensOut(),
        cost == null ? null : cost / MICROS,
        violation(step.violation()),
        said == null ? null : shortened(said.text()),
        said != null && said.text().length() > TEXT_CHARS,
        said == null ? List.of() : said.calls().stream().map(ConversationStep::shortened).toList());
  }

  private static @Nullable String violation(AgentStep.@Nullable Violated violated) {
    return violated == null ? null : violated.kind() + ": " + violated.rule();
  }

  private static ToolUse shortened(ToolUse call) {
    return new ToolUse(call.tool(), shortened(call.arguments()));
  }

  private static String shortened(String text) {
    return text.length() <= TEXT_CHARS ? text : text.substring(0, TEXT_CHARS);
  }
}
