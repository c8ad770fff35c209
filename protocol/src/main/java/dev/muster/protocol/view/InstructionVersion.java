package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A text that one instruction of a workforce has had.
///
/// @param digest SHA-256 of the text
/// @param firstAt when it was first taken by a run that is remembered, saved, or written
/// @param lastAt when that was last
/// @param runs how many of the newest runs of the workforce took it, or have it now
/// @param completed in how many of them it was what the worker completed with
/// @param lastRun the newest of them; null for none
/// @param lastRunBy who started that; null for none, and where the journal is older than that
/// @param savedAt when it was last saved here; null when it never was
/// @param savedBy who did; null also where it only lay in the folder before somebody saved another
/// @param folder where it was saved; null when it never was
@JsonInclude(JsonInclude.Include.ALWAYS)
public record InstructionVersion(
    String digest,
    Instant firstAt,
    Instant lastAt,
    int runs,
    int completed,
    @Nullable String lastRun,
    @Nullable String lastRunBy,
    @Nullable Instant savedAt,
    @Nullable String savedBy,
    @Nullable String folder) {}
