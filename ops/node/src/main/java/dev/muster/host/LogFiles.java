package dev.muster.host;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/// The log files of a node in this process. They are set up in code rather than in XML because the
/// folder is known only now, and because a short verb should not pay for a parser.
final class LogFiles {
  /// What stands before the message.
  private static final String LINE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level %logger{30} %nopex";

  /// Lines that carry their own time, such as those of CSV or JSON.
  private static final String MESSAGE_ONLY = "%nopex";

  private static final int DAYS_KEPT = 30;
  private static final FileSize FILE_MAX = FileSize.valueOf("50MB");
  private static final FileSize ALL_FILES_MAX = FileSize.valueOf("1GB");

  private final LoggerContext context;
  private final Path folder;

  private LogFiles(LoggerContext context, Path folder) {
    this.context = context;
    this.folder = folder;
  }

  /// The lines of the audit log.
  static Path audit(Path folder) {
    return folder.resolve("security_audit.jsonl");
  }

  /// @param verbose warnings and more go to stderr too
  static void open(Path folder, boolean verbose) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.addTurboFilter(new KnownHarmless());
    var files = new LogFiles(context, folder);
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(files.file("workforce", LINE));
    root.addAppender(files.errors());
    if (verbose) {
      root.addAppender(files.console());
    }
    files.own("muster.approvals", "approvals", LINE);
    files.own("muster.retrospectives", "retrospectives", LINE);
    var audit = context.getLogger("muster.audit");
    audit.addAppender(files.file("security_audit", "jsonl", MESSAGE_ONLY));
    audit.setAdditive(false);
    var resources = files.own("muster.resources", "resources", MESSAGE_ONLY);
    resources.setAdditive(false);
  }

  private Logger own(String name, String file, String pattern) {
    var logger = context.getLogger(name);
    logger.addAppender(file(file, pattern));
    return logger;
  }

  private RollingFileAppender<ILoggingEvent> errors() {
    var appender = file("errors", LINE);
    var filter = new ThresholdFilter();
    filter.setLevel("WARN");
    filter.start();
    appender.addFilter(filter);
    return appender;
  }

  private ConsoleAppender<ILoggingEvent> console() {
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setName("console");
    appender.setTarget("System.err");
    return started(appender, LINE);
  }

  private RollingFileAppender<ILoggingEvent> file(String name, String pattern) {
    return file(name, "log", pattern);
  }

  private RollingFileAppender<ILoggingEvent> file(String name, String ending, String pattern) {
    var appender = new RollingFileAppender<ILoggingEvent>();
    appender.setName(name);
    appender.setContext(context);
    appender.setFile(folder.resolve(name + "." + ending).toString());
    var policy = new SizeAndTimeBasedRollingPolicy<ILoggingEvent>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(
        folder.resolve(name + ".%d{yyyy-MM-dd, UTC}.%i." + ending + ".gz").toString());
    policy.setMaxFileSize(FILE_MAX);
    policy.setTotalSizeCap(ALL_FILES_MAX);
    policy.setMaxHistory(DAYS_KEPT);
    policy.start();
    appender.setRollingPolicy(policy);
    return started(appender, pattern);
  }

  private <A extends OutputStreamAppender<ILoggingEvent>> A started(A appender, String pattern) {
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setContext(context);
    encoder.setLayout(VisibleLines.of(context, pattern));
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
