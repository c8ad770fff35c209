package dev.muster.node.workspace;

import dev.muster.protocol.text.Visible;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
  private final StepLines output;
  private final InstantSource clock;

  /// Opens the log at its end, creating it when there is none.
  public AttemptLog(Path file, InstantSource clock) throws IOException {
    this.file = new FileOutputStream(file.toFile(), true);
    this.output = new StepLines(this.file, isOpen(file));
    this.clock = clock;
  }

  private static boolean isOpen(Path file) throws IOException {
    try (var read = Files.newByteChannel(file)) {
      if (read.size() == 0) return false;
      var last = ByteBuffer.allocate(1);
      read.position(read.size() - 1).read(last);
      return last.get(0) != '\n';
    }
  }

  /// One line of the runtime's own, whatever names of files are in it.
  public void say(String line) throws IOException {
    output.end();
    var text = "=== " + TIME.format(clock.instant()) + " " + Visible.line(line) + "\n";
    file.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Where the output of the step that was named last goes. A line of it that looks like one of the
  /// runtime's own is marked.
  public OutputStream output() {
    return output;
  }

  @Override
  public void close() throws IOException {
    output.end();
    file.close();
  }
}
