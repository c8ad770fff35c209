package dev.muster.protocol.run;

/// Why something that could be released is not, in words with numbers.
///
/// @param wave 0 when it concerns the whole run
/// @param subject what is held: `wave 2` or a worker id
public record Hold(int wave, String subject, Kind kind, String reason) {
  public enum Kind {
    HEADROOM,
    DEPENDENCY,
    EARLIER_WAVE,
    APPROVAL,
    PARALLEL,
    /// No node offers the labels it needs.
    PLACEMENT,
    /// Somebody under way may write where it may.
    WRITES,
    /// No provider of language models has room left.
    MODELS,
    PAUSED,
    STOPPED
  }
}
