package dev.muster.host;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.muster.node.sandbox.ProcStat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `<data>/node.json`: how a running node of a data folder is found.
///
/// @param startTicks after boot, when its process began; null where that cannot be known
/// @param passing its process hosts it for runs that it watches, and hands it over when asked
public record NodeFile(
    String url,
    long pid,
    String name,
    @JsonFormat(
            shape = JsonFormat.Shape.STRING,
            pattern = "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'",
            timezone = "UTC")
        Instant startedAt,
    @Nullable Long startTicks,
    boolean passing) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /// A process that began later than its node is another one that got the same number.
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(5);

  public NodeFile(String url, long pid, String name, Instant startedAt) {
    this(url, pid, name, startedAt, null, false);
  }

  /// Of this process.
  public static NodeFile own(String url, String name, Instant startedAt, boolean passing) {
    var pid = ProcessHandle.current().pid();
    var stat = ProcStat.read(pid);
    return new NodeFile(
        url, pid, name, startedAt, stat == null ? null : stat.startTicks(), passing);
  }

  private static Path path(Path data) {
    return data.resolve("node.json");
  }

  /// Null when there is none that can be read: a torn file is as good as none.
  public static @Nullable NodeFile read(Path data) {
    try {
      var text = Files.readString(path(data));
      return JSON.readValue(text, NodeFile.class);
    } catch (NoSuchFileException _) {
      return null;
    } catch (JsonProcessingException _) {
      return null;
    } catch (IOException _) {
      return null;
    }
  }

  /// The node of a data folder, if its process lives: one or none.
  public static List<NodeFile> living(Path data) {
    var file = read(data);
    return file != null && file.processAlive() ? List.of(file) : List.of();
  }

  /// Puts the whole file in place at once.
  public void write(Path data) throws IOException {
    var part = data.resolve("node.json.part");
    Files.writeString(part, JSON.writeValueAsString(this));
    Files.move(
        part, path(data), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Removes the file if it still is this one.
  public void remove(Path data) {
    var current = read(data);
    if (current != null && current.pid == pid) {
      try {
        Files.deleteIfExists(path(data));
      } catch (IOException _) {
        // A file that stays behind names a process that is gone, and is then ignored.
      }
    }
  }

  public URI uri() {
    return URI.create(url);
  }

  /// True while the process that wrote this runs. Ticks tell best: what the time of day says of a
  /// process changes when the clock is set.
  public boolean processAlive() {
    if (startTicks != null) {
      var stat = ProcStat.read(pid);
      return stat != null && stat.alive() && stat.startTicks() == startTicks;
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(this::beganBeforeTheNode)
        .isPresent();
  }

  private boolean beganBeforeTheNode(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .map(began -> began.isBefore(startedAt.plus(CLOCK_SLACK)))
        .orElse(true);
  }
}
