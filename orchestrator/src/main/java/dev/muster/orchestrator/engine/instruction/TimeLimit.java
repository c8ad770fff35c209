package dev.muster.orchestrator.engine.instruction;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long one attempt may run, and who says so.
///
/// @param estimate what the file expects it to take; null when it says nothing
/// @param line where the file says what the limit comes from; 0 for the default
public record TimeLimit(Duration limit, Source source, @Nullable Duration estimate, int line) {
  /// Where nothing is said.
  public static final Duration DEFAULT = Duration.ofMinutes(30);

  public static final Duration MIN = Duration.ofSeconds(1);
  public static final Duration MAX = Duration.ofHours(24);

  /// An estimate is a guess about an ordinary run, so that it kills only what is far beyond it...
  public static final int ESTIMATE_FACTOR = 4;

  /// ...and nothing that is merely slow today.
  public static final Duration ESTIMATE_FLOOR = Duration.ofMinutes(10);

  public enum Source {
    /// The degradation limit, as written.
    WRITTEN,
    /// Several times the estimate.
    ESTIMATE,
    /// The file says neither.
    DEFAULT
  }

  public TimeLimit {
    if (limit.compareTo(MIN) < 0) limit = MIN;
    if (limit.compareTo(MAX) > 0) limit = MAX;
  }

  static TimeLimit written(Duration limit, @Nullable Duration estimate, int line) {
    return new TimeLimit(limit, Source.WRITTEN, estimate, line);
  }

  static TimeLimit ofEstimate(Duration estimate, int line) {
    var several = estimate.multipliedBy(ESTIMATE_FACTOR);
    var limit = several.compareTo(ESTIMATE_FLOOR) < 0 ? ESTIMATE_FLOOR : several;
    return new TimeLimit(limit, Source.ESTIMATE, estimate, line);
  }

  static TimeLimit byDefault() {
    return new TimeLimit(DEFAULT, Source.DEFAULT, null, 0);
  }

  /// Where it comes from, in words that may follow the limit.
  ///
  /// @param file the path to name
  public String from(String file) {
    return switch (source) {
      case WRITTEN -> "the degradation limit, " + file + ":" + line;
      case ESTIMATE ->
          "%d times the estimate of %s, at least %s, %s:%d"
              .formatted(
                  ESTIMATE_FACTOR,
                  words(estimate == null ? Duration.ZERO : estimate),
                  words(ESTIMATE_FLOOR),
                  file,
                  line);
      case DEFAULT -> "the default: " + file + " gives neither degradation limit nor estimate";
    };
  }

  /// `1 h 30 min`, `90 s` as `1 min 30 s`, `250 ms`.
  static String words(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) return duration.toMillis() + " ms";
    var words = new StringBuilder();
    add(words, duration.toHours(), " h");
    add(words, duration.toMinutesPart(), " min");
    add(words, duration.toSecondsPart(), " s");
    return words.toString();
  }

  private static void add(StringBuilder words, long amount, String unit) {
    if (amount > 0) words.append(words.isEmpty() ? "" : " ").append(amount).append(unit);
  }
}
