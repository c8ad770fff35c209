package dev.muster.orchestrator.api.server;

import dev.muster.orchestrator.usecase.Conversations;
import dev.muster.protocol.agent.Cassette.Exchange;
import dev.muster.protocol.view.ConversationStep.Said;
import dev.muster.protocol.view.ConversationStep.ToolUse;
import dev.muster.protocol.view.ModelQuestion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is stored under a digest says that it is.
final class FakeConversations implements Conversations {
  /// What a model has read somewhere, and repeated.
  static final String KEY = "key-of-the-pager";

  @Override
  public @Nullable Said said(String record) {
    return new Said("said in " + record, List.of(new ToolUse("write", "{\"path\":\"a\"}")));
  }

  @Override
  public @Nullable ModelQuestion asked(String record) {
    return new ModelQuestion(
        "e".repeat(64),
        "Be short.",
        List.of("write"),
        List.of(new ModelQuestion.Message("user", null, false, "Count.", List.of())));
  }

  @Override
  public List<Exchange> exchanges(String worker, String record) {
    return List.of(
        new Exchange(
            "e".repeat(64), worker, 1, "gpt-test", "Done by " + KEY, List.of(), false, 11, 7, 0));
  }
}
