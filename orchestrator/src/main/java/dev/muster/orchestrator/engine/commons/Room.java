package dev.muster.orchestrator.engine.commons;

import dev.muster.protocol.commons.CommonsEvent.RoomOpened;
import dev.muster.protocol.commons.CommonsEvent.Said;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/// Where the workers of one wave speak. Nothing in it is ever cleared. Pure.
///
/// @param opening by which it began
/// @param questions by number, those with an answer, too
/// @param answers by the number of the question
/// @param floor who was asked last; null when nobody was
record Room(
    int wave,
    String opening,
    PVector<Said> messages,
    PMap<Long, Said> questions,
    PMap<Long, Said> answers,
    @Nullable String floor) {
  static Room opened(RoomOpened opened) {
    return new Room(
        opened.wave(),
        opened.text(),
        TreePVector.empty(),
        TreePMap.empty(),
        TreePMap.empty(),
        null);
  }

  Room with(Said said) {
    var asks = said.until() != null;
    return new Room(
        wave,
        opening,
        messages.plus(said),
        asks ? questions.plus(said.number(), said) : questions,
        said.answers() == null ? answers : answers.plus(said.answers(), said),
        asks ? said.to() : floor);
  }

  /// @param count at most
  List<Said> newest(int count) {
    return messages.subList(Math.max(0, messages.size() - count), messages.size());
  }

  /// Questions that somebody still waits for this worker to answer.
  List<Said> openTo(String worker, Instant now) {
    return questions.values().stream()
        .filter(it -> worker.equals(it.to()) && !answers.containsKey(it.number()))
        .filter(it -> it.until() != null && now.isBefore(it.until()))
        .toList();
  }
}
