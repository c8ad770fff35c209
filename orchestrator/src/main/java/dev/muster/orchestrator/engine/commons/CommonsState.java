package dev.muster.orchestrator.engine.commons;

import dev.muster.protocol.commons.CommonsEvent;
import dev.muster.protocol.commons.CommonsEvent.Noted;
import dev.muster.protocol.commons.CommonsEvent.RoomOpened;
import dev.muster.protocol.commons.CommonsEvent.Said;
import dev.muster.protocol.commons.CommonsEvent.ValuePut;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/// Everything that one entity of the commons remembers. Pure.
///
/// @param values of the run, by key
/// @param valueChars of all of them
/// @param notes of one worker, by key, the newest last
/// @param rooms by wave
/// @param said messages in all rooms
/// @param changes how often anything was changed
/// @param last what the last step of each worker that changed something came to
record CommonsState(
    PMap<String, ValuePut> values,
    long valueChars,
    PMap<String, PVector<Noted>> notes,
    PMap<Integer, Room> rooms,
    long said,
    int changes,
    PMap<String, CommonsEvent> last) {
  static final CommonsState EMPTY =
      new CommonsState(
          TreePMap.empty(), 0, TreePMap.empty(), TreePMap.empty(), 0, 0, HashTreePMap.empty());

  CommonsState evolve(CommonsEvent event) {
    var next =
        switch (event) {
          case ValuePut put -> with(put);
          case Noted note -> with(note);
          case RoomOpened opened -> with(Room.opened(opened), said);
          case Said message -> with(room(message.wave()).with(message), message.number());
        };
    return new CommonsState(
        next.values,
        next.valueChars,
        next.notes,
        next.rooms,
        next.said,
        changes + 1,
        last.plus(event.worker(), event));
  }

  private CommonsState with(ValuePut put) {
    var before = values.get(put.key());
    var chars = valueChars + put.value().length() - (before == null ? 0 : before.value().length());
    return new CommonsState(values.plus(put.key(), put), chars, notes, rooms, said, changes, last);
  }

  private CommonsState with(Noted note) {
    var before = notes.get(note.key());
    var more = (before == null ? TreePVector.<Noted>empty() : before).plus(note);
    return new CommonsState(
        values, valueChars, notes.plus(note.key(), more), rooms, said, changes, last);
  }

  private CommonsState with(Room room, long messages) {
    return new CommonsState(
        values, valueChars, notes, rooms.plus(room.wave(), room), messages, changes, last);
  }

  private Room room(int wave) {
    var room = rooms.get(wave);
    if (room == null) throw new IllegalStateException("wave " + wave + " has no room");
    return room;
  }

  /// What the worker's step of this ordinal has changed; null when it has changed nothing, as far
  /// as anybody knows.
  @Nullable CommonsEvent done(String worker, int ordinal) {
    var done = last.get(worker);
    return done == null || done.ordinal() != ordinal ? null : done;
  }
}
