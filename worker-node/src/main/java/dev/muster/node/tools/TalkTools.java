package dev.muster.node.tools;

import static dev.muster.node.tools.Parameters.text;

import dev.muster.node.tools.Parameters.UnfitException;
import dev.muster.node.tools.ToolPlan.Finish;
import dev.muster.node.tools.ToolPlan.Question;
import java.util.List;

/// Tools that turn to somebody.
final class TalkTools {
  private static final int TEXT_CHARS_MAX = 4_000;

  static List<Tool> all() {
    return List.of(
        CheckedTool.of(
            "ask",
            "Ask the operator what nobody else can know. Your work waits for the answer; do not ask"
                + " what you can find out or decide yourself.",
            Parameters.of(text("question", "one question", TEXT_CHARS_MAX)),
            (given, _) -> new Question(said("question", given))),
        CheckedTool.of(
            "finish",
            "Say that the work is done. The tests of your instruction are then run; if they fail"
                + " you are told how, and go on.",
            Parameters.of(text("summary", "what you did, and what is left", TEXT_CHARS_MAX)),
            (given, _) -> new Finish(said("summary", given))));
  }

  private static String said(String name, Arguments given) throws UnfitException {
    var text = given.text(name).strip();
    if (text.isEmpty()) throw new UnfitException("`" + name + "` is empty");
    return text;
  }

  private TalkTools() {}
}
