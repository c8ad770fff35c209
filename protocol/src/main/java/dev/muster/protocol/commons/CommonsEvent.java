package dev.muster.protocol.commons;

import dev.muster.protocol.journal.MusterEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What has happened to what is shared. In the journal: fields may be added, never renamed or
/// removed.
public sealed interface CommonsEvent extends MusterEvent {
  /// Whose step did it.
  String worker();

  /// Of that step; counts the steps of the worker, through all its attempts.
  int ordinal();

  /// @param version counts how often the value was set, from 1
  record ValuePut(String worker, int ordinal, String key, String value, long version, Instant at)
      implements CommonsEvent {}

  /// @param number counts the notes of the worker, from 1
  record Noted(String worker, int ordinal, String key, String value, long number, Instant at)
      implements CommonsEvent {}

  /// Before the first message.
  ///
  /// @param text by which the room begins: who is in it, and what holds there
  record RoomOpened(String worker, int ordinal, int wave, String text, Instant at)
      implements CommonsEvent {}

  /// @param number counts the messages of the run's rooms, from 1
  /// @param to whom; null for everybody
  /// @param answers number of the question that this answers; null for none
  /// @param until when the answer is waited for; null when this asks nothing
  /// @param floor how it was found out whom to ask; null when whoever asks said so
  record Said(
      String worker,
      int ordinal,
      int wave,
      long number,
      @Nullable String to,
      @Nullable Long answers,
      @Nullable Instant until,
      String text,
      Instant at,
      @Nullable String floor)
      implements CommonsEvent {}
}
