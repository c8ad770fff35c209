package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was said in the room of a wave.
///
/// @param number counts the messages of all rooms of the run from 1; 0 for the words by which the
///   room began
/// @param worker who said it; null for those words
/// @param to whom; null for everybody
/// @param answers number of the question that this answers; null for none
/// @param waitsUntil when the answer is waited for; null when this asks nothing
/// @param floor how it was found out whom this asks; null when whoever asks said so
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RoomMessage(
    int wave,
    long number,
    @Nullable String worker,
    @Nullable String to,
    @Nullable Long answers,
    @Nullable Instant waitsUntil,
    String text,
    Instant at,
    @Nullable String floor) {}
