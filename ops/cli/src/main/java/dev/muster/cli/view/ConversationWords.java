package dev.muster.cli.view;

import dev.muster.cli.terminal.Style;
import dev.muster.cli.terminal.Terminal;
import dev.muster.cli.terminal.Text;
import dev.muster.protocol.text.Scrutiny;
import dev.muster.protocol.view.ConversationStep;
import dev.muster.protocol.view.ConversationStep.ToolUse;
import dev.muster.protocol.view.ModelQuestion;
import dev.muster.protocol.view.QuestionDiff;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A conversation as a terminal shows it. Whatever models and tools said is other people's text.
public final class ConversationWords {
  private static final int LINES_SHOWN = 12;
  private static final int ROWS_SHOWN = 5;
  private static final int WORDS_COLUMNS_MIN = 40;
  private static final int TOOL_COLUMNS_MAX = 100;
  private static final String INDENT = "     ";

  private final Terminal terminal;
  private final String worker;

  /// @param worker as commands name it
  public ConversationWords(Terminal terminal, String worker) {
    this.terminal = terminal;
    this.worker = worker;
  }

  public void print(List<ConversationStep> steps) {
    var attempt = 0;
    for (var at = 0; at < steps.size(); at++) {
      var step = steps.get(at);
      if (step.attempt() != attempt) {
        attempt = step.attempt();
        terminal.data("");
        terminal.data(terminal.styled(Style.BOLD, "attempt " + attempt));
      }
      // What came of it says it all.
      var open = at + 1 == steps.size() || steps.get(at + 1).kind().equals("intent");
      if (!step.kind().equals("intent") || open) step(step);
    }
  }

  private void step(ConversationStep step) {
    var head = "#%-3d %s".formatted(step.step(), head(step));
    terminal.data(terminal.styled(step.failed() ? Style.RED : Style.BOLD, head));
    if (step.violation() != null) terminal.data(INDENT + "refused by " + cut(step.violation()));
    if (step.kind().equals("begun")) return;
    body(step.text() == null ? "(no longer stored)" : step.text(), ROWS_SHOWN);
    for (var call : step.calls()) call(call);
    if (step.cut()) terminal.data(INDENT + "… and more");
  }

  private String head(ConversationStep step) {
    return switch (step.kind()) {
      case "begun" ->
          "was told its task: muster workers show %s --turn %d".formatted(worker, step.step() + 1);
      case "turn" -> Text.line("%s  %s".formatted(orEmpty(step.model()), use(step)));
      case "intent" ->
          "finish".equals(step.tool())
              ? "finish: the runtime runs the tests itself, and its verdict is the worker's"
              : tool(step.tool()) + " begun, nothing is known of it yet";
      case "outcome" ->
          "%s %s%s".formatted(tool(step.tool()), step.failed() ? "failed" : "done", took(step));
      case "repair" -> "the runtime's tests failed" + took(step);
      case "summary" -> "what came before was shortened to this";
      case "nudge" -> "was told that it makes no progress";
      case "heard" -> "heard from other workers";
      case "raised" -> "may use as much again";
      case "session" -> "a session of its own";
      case "aside" -> Text.line("beside it, %s  %s".formatted(orEmpty(step.model()), use(step)));
      default -> step.kind();
    };
  }

  /// As the model wrote it, which may be anything.
  private static String tool(@Nullable String name) {
    return Text.cut(Text.line(orEmpty(name)), TOOL_COLUMNS_MAX);
  }

  private static String use(ConversationStep step) {
    var cost = step.costDollars();
    return String.format(
        Locale.ROOT,
        "%,d tokens read, %,d written%s%s",
        orZero(step.tokensIn()),
        orZero(step.tokensOut()),
        cost == null ? "" : String.format(Locale.ROOT, ", $%.4f", cost),
        took(step));
  }

  private static String took(ConversationStep step) {
    return step.seconds() < 0.05 ? "" : ", " + Text.seconds(step.seconds());
  }

  private void call(ToolUse call) {
    terminal.data(INDENT + "→ " + terminal.styled(Style.BOLD, tool(call.tool())));
    body(call.arguments(), 1);
  }

  /// @param rows what a line may take on a terminal before it is cut
  private void body(String text, int rows) {
    var lines = Text.block(text).strip().lines().toList();
    for (var line : lines.subList(0, Math.min(LINES_SHOWN, lines.size()))) {
      if (!line.isBlank()) terminal.words(INDENT, Text.cut(Text.line(line), room() * rows));
    }
    if (lines.size() > LINES_SHOWN) {
      terminal.data(
          INDENT + "… %d more lines (-o json has them)".formatted(lines.size() - LINES_SHOWN));
    }
  }

  private String cut(String text) {
    return Text.cut(Text.line(text), room());
  }

  private int room() {
    return Math.max(WORDS_COLUMNS_MIN, terminal.lineColumns() - INDENT.length());
  }

  /// Everything, as it was sent.
  public void print(ModelQuestion question) {
    section("system", question.system());
    for (var message : question.messages()) {
      section(message.words(), message.text());
      for (var call : message.calls())
        terminal.data("→ " + Text.line(call.tool() + " " + call.arguments()));
    }
    section("tools", String.join(", ", question.tools()));
    terminal.data("");
    terminal.data("digest " + question.digest());
  }

  /// What is different between two of them.
  public void print(QuestionDiff diff) {
    terminal.prose(
        terminal.styledMessage(Style.BOLD, Text.line(diff.to()))
            + "  against %s: %d lines more, %d less"
                .formatted(Text.line(diff.from()), diff.added(), diff.removed()));
    if (diff.diff().isEmpty()) terminal.data("  both were asked the same");
    for (var line : Scrutiny.lines(diff.diff())) terminal.data("  " + line);
    if (diff.cut()) terminal.data("  (the rest is left out: 64 KiB are shown)");
  }

  private void section(String name, String text) {
    terminal.data("");
    terminal.data(terminal.styled(Style.BOLD, "=== " + Text.line(name)));
    if (!text.isBlank()) terminal.data(Text.block(text).stripTrailing());
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
