package dev.muster.node.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.node.models.Message;
import dev.muster.protocol.agent.Entry;
import dev.muster.protocol.agent.Link;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentConversationTest {
  private static final long LONG = 100_000;

  private final List<Link> links = new ArrayList<>();

  AgentConversationTest() {
    add(new Entry.Begun("rules", "task", List.of()));
  }

  private AgentConversationTest add(Entry entry) {
    links.add(new Link(links.size() + 1, null, entry));
    return this;
  }

  private AgentConversationTest turn(String text, Entry.Call... calls) {
    return add(
        new Entry.Turn(
            text, List.of(calls), false, null, 1, 1, 0, true, "p", "o", "m", null, 5, null));
  }

  private AgentConversationTest outcome(String id, String text, boolean failed) {
    return add(new Entry.Outcome(id, "write", text, failed, null, 7));
  }

  private static Entry.Call call(String id) {
    return new Entry.Call(id, "write", "{}", null, null);
  }

  private Next next() {
    return new Conversation(links).next(LONG, StallLimits.STANDARD);
  }

  private List<Message> asked() {
    return ((Next.Ask) next()).request().messages();
  }

  @Test
  void itBeginsByAskingTheModel() {
    assertThat(asked()).containsExactly(new Message.User("task"));
  }

  @Test
  void callsOfATurnFollowInTheirOrderAndOnlyThenTheModelIsAskedAgain() {
    turn("", call("a"), call("b"));
    assertThat(next()).isEqualTo(new Next.Call(call("a")));
    var intent = new Entry.Intent("a", "write", Entry.Way.COMMAND);
    add(intent);
    assertThat(next()).isEqualTo(new Next.TakeUp(call("a"), intent, 3));
    outcome("a", "done", false);
    assertThat(next()).isEqualTo(new Next.Call(call("b")));
    add(new Entry.Repair("b", "finish", 1, "it failed", 3));
    assertThat(asked()).hasSize(4).last().isEqualTo(result("b", "finish", "it failed", true));
    assertThat(new Conversation(links).millis()).isEqualTo(5 + 7 + 3);
  }

  private static Message result(String id, String tool, String text, boolean failed) {
    return new Message.ToolResult(id, tool, text, failed);
  }

  @Test
  void theSameIdInALaterTurnIsAnotherCall() {
    turn("", call("a")).outcome("a", "done", false).turn("", call("a"));
    assertThat(next()).isEqualTo(new Next.Call(call("a")));
  }

  @Test
  void whoOnlyTalksIsAnsweredSoThatTheSidesTakeTurns() {
    turn("hm");
    assertThat(asked().getLast()).isInstanceOf(Message.User.class);
  }

  @Test
  void threeTurnsOfTalkAreToldOnceAndThenEnd() {
    turn("hm").turn("well").turn("so");
    assertThat(next()).isInstanceOf(Next.Add.class);
    add(((Next.Add) next()).entry());
    assertThat(next()).isInstanceOf(Next.Ask.class);
    turn("hm").turn("well").turn("so");
    assertThat(((Next.End) next()).reason()).contains("3 turns in a row called no tool");
  }

  @Test
  void emptyTurnsTheSameErrorAndPingPongAreStalls() {
    turn("").turn("");
    assertThat(words()).contains("2 turns in a row were empty");
    for (var i = 0; i < 4; i++) turn("", other("x" + i)).outcome("c", "no", true);
    assertThat(words()).contains("failed with the same error");
    for (var i = 0; i < 3; i++) {
      turn("", other("one"))
          .outcome("c", "1", false)
          .turn("", other("two"))
          .outcome("c", "2", false);
    }
    assertThat(words()).contains("took turns 3 times");
  }

  private static Entry.Call other(String arguments) {
    return new Entry.Call("c", "write", arguments, null, null);
  }

  private String words() {
    return ((Entry.Nudge) ((Next.Add) next()).entry()).text();
  }

  @Test
  void whatIsDifferentIsNoStall() {
    for (var i = 0; i < 10; i++) turn("", other("x" + i)).outcome("c", "done " + i, false);
    assertThat(next()).isInstanceOf(Next.Ask.class);
  }

  @Test
  void whatItsNodeCutOffIsNoStall() {
    for (var i = 0; i < 6; i++) {
      turn("", other("x")).outcome("c", Words.OUTCOME_UNKNOWN, true);
    }
    assertThat(next()).isInstanceOf(Next.Ask.class);
  }

  @Test
  void aShortenedHistoryKeepsTheTaskAndTheNewestTurnsAndFits() {
    for (var i = 0; i < 20; i++)
      turn("", other("x" + i)).outcome("c", i + "y".repeat(9_000), false);
    var added = (Next.Add) new Conversation(links).next(20_000, StallLimits.STANDARD);
    add(added.entry());
    var request = ((Next.Ask) new Conversation(links).next(20_000, StallLimits.STANDARD)).request();
    assertThat(request.tokensAbout()).isLessThanOrEqualTo(10_000);
    assertThat(((Message.User) request.messages().getFirst()).text())
        .startsWith("task")
        .contains("So far, in short", "you called write x0");
    assertThat(((Message.ToolResult) request.messages().getLast()).text()).startsWith("19y");
  }

  @Test
  void whatCannotBeShortenedEnds() {
    turn("", call("a")).outcome("a", "y".repeat(30_000), false);
    assertThat(new Conversation(links).next(5_000, StallLimits.STANDARD))
        .isInstanceOf(Next.End.class);
  }

  @Test
  void nothingBeyondABudgetIsBegun() {
    var spend = new Spend(3, 900, 40, 2_000);
    assertThat(new AgentLimits(3, null, null, null, 3, true).refusal(spend, 1, 1))
        .isEqualTo("its 3 turns are used up");
    var tokens = new AgentLimits(9, 1_000L, null, null, 3, true);
    assertThat(tokens.refusal(spend, 100, 0)).isNull();
    assertThat(tokens.refusal(spend, 101, 0)).contains("used 900", "may use 101");
    var money = new AgentLimits(9, null, 50L, null, 3, true);
    assertThat(money.refusal(spend, 0, 10)).isNull();
    assertThat(money.refusal(spend, 0, 11)).contains("$0.000040", "$0.000011");
  }
}
