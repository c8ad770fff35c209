package dev.muster.node.tools;

import static dev.muster.node.tools.Parameters.text;

import dev.muster.node.tools.Parameters.UnfitException;
import dev.muster.node.tools.ToolPlan.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tools for conversations that an agent has with a model of its own. Who answers there has no
/// tools: it thinks, the agent acts.
final class SessionTools {
  private static final int NAME_CHARS_MAX = 100;
  private static final int TEXT_CHARS_MAX = 8_000;

  static List<Tool> all() {
    return List.of(
        CheckedTool.of(
            "sessions_create",
            "Open a conversation with a second model, to review, plan or think something through."
                + " It has no tools and knows only what you tell it; it ends with your own"
                + " conversation, or when nobody has spoken in it for long.",
            Parameters.of(
                text("instructions", "what it is for, and all that it must know", TEXT_CHARS_MAX),
                text("role", "a role of this workforce that it takes", NAME_CHARS_MAX).optional(),
                text("profile", "the kind of model; yours unless you say", NAME_CHARS_MAX)
                    .optional()),
            (given, _) ->
                new Session(
                    new SessionRequest.Create(
                        said("instructions", given), word("role", given), word("profile", given)))),
        CheckedTool.of(
            "sessions_message",
            "Say something in a session, and get the answer. It is what a model thinks, and is"
                + " paid from your own budget.",
            Parameters.of(
                text("session", "such as `s1`", NAME_CHARS_MAX),
                text("text", "what you say", TEXT_CHARS_MAX)),
            (given, _) ->
                new Session(
                    new SessionRequest.Message(given.text("session"), said("text", given)))),
        CheckedTool.of(
            "sessions_list",
            "List your open sessions.",
            Parameters.of(),
            (_, _) -> new Session(new SessionRequest.All())),
        CheckedTool.of(
            "sessions_close",
            "Close a session that you need no more.",
            Parameters.of(text("session", "such as `s1`", NAME_CHARS_MAX)),
            (given, _) -> new Session(new SessionRequest.Close(given.text("session")))));
  }

  private static String said(String name, Arguments given) throws UnfitException {
    var text = given.text(name).strip();
    if (text.isEmpty()) throw new UnfitException("`" + name + "` is empty");
    return text;
  }

  private static @Nullable String word(String name, Arguments given) {
    return given.has(name) ? given.text(name).strip() : null;
  }

  private SessionTools() {}
}
