package dev.muster.protocol.commons;

import dev.muster.protocol.journal.EventFamily;
import dev.muster.protocol.journal.MusterEvent;
import java.util.Map;

/// What the events of the commons are called in the journal.
public final class CommonsEvents implements EventFamily {
  @Override
  public Class<? extends MusterEvent> type() {
    return CommonsEvent.class;
  }

  @Override
  public Map<String, Class<? extends MusterEvent>> names() {
    return Map.of(
        "commons.ValuePut", CommonsEvent.ValuePut.class,
        "commons.Noted", CommonsEvent.Noted.class,
        "commons.RoomOpened", CommonsEvent.RoomOpened.class,
        "commons.Said", CommonsEvent.Said.class);
  }
}
