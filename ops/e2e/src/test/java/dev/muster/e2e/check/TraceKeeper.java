package dev.muster.e2e.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keeps what attempts wrote down about themselves, by hard links: a node throws the workspace of
/// an attempt away when the next begins there.
public final class TraceKeeper implements AutoCloseable {
  public static final String FILE = "trace";
  private static final long LOOK_EVERY_MILLIS = 200;
  private static final Pattern ATTEMPT = Pattern.compile("attempt-(\\d+)");
  private static final Pattern KEPT = Pattern.compile("(.+)~(.+)~(.+)~(\\d+)~\\d+");

  private final Map<String, Path> dataFolders;
  private final Path kept;
  private final Thread thread;
  private volatile boolean ended;

  /// @param dataFolders by node
  /// @param kept on the same disk
  public TraceKeeper(Map<String, Path> dataFolders, Path kept) throws IOException {
    this.dataFolders = Map.copyOf(dataFolders);
    this.kept = Files.createDirectories(kept);
    this.thread = Thread.ofPlatform().daemon().name("trace-keeper").start(this::look);
  }

  private void look() {
    try {
      while (!ended) {
        keep();
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void keep() {
    dataFolders.forEach((node, data) -> {
      for (var run : list(data.resolve("workspaces"))) {
        for (var worker : list(run)) {
          for (var attempt : list(worker)) keep(node, run, worker, attempt);
        }
      }
    });
  }

  private void keep(String node, Path run, Path worker, Path attempt) {
    var file = attempt.resolve("work").resolve(FILE);
    var number = ATTEMPT.matcher(attempt.getFileName().toString());
    if (!number.matches() || !Files.isRegularFile(file)) return;
    try {
      // The same attempt may be prepared twice, with a file of its own each time.
      var inode = Files.getAttribute(file, "unix:ino");
      var name =
          "%s~%s~%s~%s~%s"
              .formatted(node, run.getFileName(), worker.getFileName(), number.group(1), inode);
      Files.createLink(kept.resolve(name), file);
    } catch (FileAlreadyExistsException | NoSuchFileException _) {
      // It is kept, or was thrown away this moment.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) return List.of();
    try (var files = Files.list(folder)) {
      return files.toList();
    } catch (IOException | UncheckedIOException _) {
      return List.of();
    }
  }

  /// What there is now.
  public List<Trace> traces() {
    keep();
    var traces = new ArrayList<Trace>();
    for (var file : list(kept)) {
      Matcher name = KEPT.matcher(file.getFileName().toString());
      if (!name.matches()) continue;
      var worker = name.group(2) + "/" + name.group(3);
      traces.addAll(Trace.read(name.group(1), worker, Integer.parseInt(name.group(4)), file));
    }
    return traces;
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
  }
}
