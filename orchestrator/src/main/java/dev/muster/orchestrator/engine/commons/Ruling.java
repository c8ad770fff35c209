package dev.muster.orchestrator.engine.commons;

import dev.muster.protocol.commons.CommonsCommand.Told;
import dev.muster.protocol.commons.CommonsEvent;
import dev.muster.protocol.commons.CommonsEvent.Noted;
import dev.muster.protocol.commons.CommonsEvent.RoomOpened;
import dev.muster.protocol.commons.CommonsEvent.Said;
import dev.muster.protocol.commons.CommonsEvent.ValuePut;
import java.util.List;

/// What a request comes to.
///
/// @param events empty when nothing changes
record Ruling(List<CommonsEvent> events, Told answer) {
  Ruling {
    events = List.copyOf(events);
  }

  static Ruling told(String text) {
    return new Ruling(List.of(), Told.of(text));
  }

  static Ruling told(Told answer) {
    return new Ruling(List.of(), answer);
  }

  static Ruling refused(String text) {
    return new Ruling(List.of(), Told.refused(text));
  }

  static Ruling of(CommonsEvent event) {
    return new Ruling(List.of(event), answer(event));
  }

  /// The same whenever it is asked again.
  static Told answer(CommonsEvent event) {
    return switch (event) {
      case ValuePut put -> Told.of("`%s` has version %d now".formatted(put.key(), put.version()));
      case Noted note -> Told.of("kept `%s`, note %d".formatted(note.key(), note.number()));
      case Said said when said.until() == null ->
          new Told(
              "message %d is in the room of wave %d".formatted(said.number(), said.wave()),
              false,
              said.number(),
              false);
      case Said said ->
          new Told(
              "asked %s, message %d".formatted(said.to(), said.number()),
              false,
              said.number(),
              true);
      case RoomOpened opened -> Told.of("the room of wave %d is open".formatted(opened.wave()));
    };
  }
}
