package dev.muster.node.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.protocol.agent.Entry;
import dev.muster.protocol.agent.Entry.Aside;
import dev.muster.protocol.agent.Entry.Session;
import dev.muster.protocol.agent.Entry.Turn;
import dev.muster.protocol.agent.Link;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static Turn turn(String text, Entry.Call... calls) {
    return new Turn(text, List.of(calls), false, null, 1, 1, 0, true, "p", "o", "m", null, 5, null);
  }

  private static Session opened(String call, String name) {
    return new Session(call, name, true, null, "S", List.of("p"), NOW);
  }

  private static Entry.Call call(String id) {
    return new Entry.Call(id, "sessions_message", "{}", null, null);
  }

  private static Sessions of(Entry... entries) {
    var links = new ArrayList<Link>();
    links.add(new Link(1, null, new Entry.Begun("", "Do it.", List.of())));
    for (var entry : entries) links.add(new Link(links.size() + 1, "before", entry));
    return new Sessions(new Conversation(links), SessionLimits.STANDARD);
  }

  @Test
  void whatNobodyHasSpokenInForThirtyMinutesIsClosed() {
    var last = NOW.plusSeconds(600);
    var sessions =
        of(
            opened("c1", "s1"),
            opened("c2", "s2"),
            new Aside("c3", "s2", "S", "u", turn("t"), last));
    assertThat(sessions.open(NOW.plusSeconds(1_799))).hasSize(2);
    assertThat(sessions.find("s1", NOW.plusSeconds(1_800))).isNull();
    assertThat(sessions.find("s2", NOW.plusSeconds(2_399))).isNotNull();
    assertThat(sessions.find("s2", NOW.plusSeconds(2_400))).isNull();
  }

  @Test
  void aClosedOneDoesNotLendItsName() {
    var session = opened("c1", "s1");
    var sessions = of(session, session.closed("c2", NOW));
    assertThat(sessions.open(NOW)).isEmpty();
    assertThat(sessions.nextName()).isEqualTo("s2");
  }

  @Test
  void onlyWhatTheLastTurnCameToIsKept() {
    var aside = new Aside("c1", "s1", "S", "u", turn("t"), NOW);
    assertThat(of(turn("", call("c1")), aside).kept(call("c1"))).isEqualTo(aside);
    assertThat(of(turn("", call("c1")), aside).kept(call("c2"))).isNull();
    assertThat(of(turn("", call("c1")), aside, turn("", call("c1"))).kept(call("c1"))).isNull();
  }

  @Test
  void aSessionIsNoPartOfWhatTheAgentsOwnModelIsSent() {
    var own = of(turn("well")).conversation().request();
    var aside = new Aside("c1", "s1", "S", "u", turn("t"), NOW);
    assertThat(of(turn("well"), opened("c1", "s1"), aside).conversation().request()).isEqualTo(own);
  }
}
