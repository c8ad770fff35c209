package dev.muster.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.view.ConversationStep.ToolUse;
import dev.muster.protocol.view.ModelQuestion.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionDiffTest {
  private static ModelQuestion question(Message... messages) {
    return new ModelQuestion("d", "Be short.", List.of("write"), List.of(messages));
  }

  @Test
  void whatWasSaidBetweenTwoTurnsIsTheDifference() {
    var task = new Message("user", null, false, "Count.", List.of());
    var call =
        new Message("assistant", null, false, "", List.of(new ToolUse("write", "{\"a\":1}")));
    var told = new Message("tool", "write", true, "no \u202Eroom", List.of());
    var diff = QuestionDiff.of("r/W#1", question(task), "r/W#5", question(task, call, told));
    assertThat(diff.added()).isEqualTo(5);
    assertThat(diff.removed()).isZero();
    assertThat(diff.diff())
        .contains("+=== assistant\n", "+→ write {\"a\":1}\n", "+=== tool write (failed)\n")
        .contains("+no \\u{202E}room\n")
        .doesNotContain("+Count.");
  }

  @Test
  void theSameIsNoDifference() {
    assertThat(QuestionDiff.of("a", question(), "b", question()).diff()).isEmpty();
  }
}
