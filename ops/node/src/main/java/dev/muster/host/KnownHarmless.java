package dev.muster.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/// Keeps out of the logs what looks like a failure and is none.
///
/// A worker node starts the region of workers as orchestrators do, and with it a manager of the
/// shard coordinator, which refuses to live where the role is missing. That is as it should be.
final class KnownHarmless extends TurboFilter {
  private static final String COORDINATOR_REFUSES = "doesn't have the role [Some(orchestrator)]";

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] values,
      @Nullable Throwable thrown) {
    var harmless =
        level == Level.ERROR
            && format != null
            && format.contains(COORDINATOR_REFUSES)
            && logger.getName().endsWith("OneForOneStrategy");
    return harmless ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
