package dev.muster.host;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import dev.muster.protocol.text.Visible;

/// One event, one line: what somebody else wrote can neither begin a line of its own nor steer the
/// terminal of whoever reads the log. The lines of a stack trace are indented.
final class VisibleLines extends LayoutBase<ILoggingEvent> {
  private final PatternLayout before;

  private VisibleLines(PatternLayout before) {
    this.before = before;
  }

  /// @param pattern of what stands before the message
  static VisibleLines of(LoggerContext context, String pattern) {
    var before = new PatternLayout();
    before.setContext(context);
    before.setPattern(pattern);
    before.start();
    var lines = new VisibleLines(before);
    lines.setContext(context);
    lines.start();
    return lines;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    var message = String.valueOf(event.getFormattedMessage()).replaceAll("[\\r\\n]+", " | ");
    var line = before.doLayout(event) + Visible.line(message) + "\n";
    var thrown = event.getThrowableProxy();
    if (thrown == null) return line;
    var trace = new StringBuilder(line);
    Visible.block(ThrowableProxyUtil.asString(thrown))
        .lines()
        .forEach(it -> trace.append("  ").append(it.strip()).append('\n'));
    return trace.toString();
  }
}
