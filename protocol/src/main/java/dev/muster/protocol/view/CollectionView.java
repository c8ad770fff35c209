package dev.muster.protocol.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the last collection of contents that nobody names came to.
///
/// @param dueAt when the next one may begin; null before a node has asked for the first
/// @param endedAt null before the first one
/// @param node that did it
/// @param looked contents there were
/// @param bytes of those that were removed
/// @param said why it did less than it could, in words; null when it did not
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CollectionView(
    @Nullable Instant dueAt,
    @Nullable Instant endedAt,
    @Nullable String node,
    long looked,
    long removed,
    long bytes,
    @Nullable String said) {}
