package dev.muster.node.workspace;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// What the steps of an attempt printed, for people: each under a line that names it, and only the
/// first part of each (the caller cuts).
public final class AttemptLog implements Closeable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final FileOutputStream file;
  private final InstantSource clock;

  /// Opens the log at its end, creating it when there is none.
  public AttemptLog(Path file, InstantSource clock) throws IOException {
    this.file = new FileOutputStream(file.toFile(), true);
    this.clock = clock;
  }

  /// One line of the runtime's own.
  public void say(String line) throws IOException {
    var text = "=== " + TIME.format(clock.instant()) + " " + line + "\n";
    file.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Where the output of the step that was named last goes.
  public OutputStream output() {
    return file;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
