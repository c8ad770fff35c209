package dev.muster.e2e.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Says where the writers of a node's journal are to stop, and hears when they have.
public final class Held {
  private final Path folder;

  public Held(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// On which side of a write.
  public enum Side {
    /// It does not happen.
    BEFORE,
    /// It has happened, and whoever wrote never hears so.
    AFTER
  }

  /// @param entity the persistence id, such as `Worker|run_1/WORKER_001`
  /// @param moment the name of the write's first event and which of this name it is
  public record Write(String entity, String moment) {
    static Write of(String line) {
      var tab = line.indexOf('\t');
      return new Write(line.substring(0, tab), line.substring(tab + 1));
    }

    @Override
    public String toString() {
      return entity + "\t" + moment;
    }
  }

  /// For the JVM of the node.
  public List<String> options() {
    return List.of(
        "-Djdbc-journal.class=" + HeldJournal.class.getName(),
        "-D" + HeldJournal.FOLDER + "=" + folder);
  }

  /// @param write whose entity is the end of a persistence id, from a `/` or a whole one
  public void hold(Write write, Side side) {
    try {
      Files.writeString(
          folder.resolve(HeldJournal.HOLDS),
          write + "\t" + side + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All that were asked for, in order.
  public List<Write> writes() {
    return lines(HeldJournal.WRITES);
  }

  /// Those at which somebody stands.
  public List<Write> held() {
    return lines(HeldJournal.HELD);
  }

  private List<Write> lines(String name) {
    var file = folder.resolve(name);
    try {
      if (!Files.exists(file)) return List.of();
      var text = Files.readString(file);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Write::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
