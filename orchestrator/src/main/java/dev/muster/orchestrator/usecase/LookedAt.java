package dev.muster.orchestrator.usecase;

import dev.muster.orchestrator.engine.instruction.Neighbours;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Folders in which somebody writes, as they were when they were looked at last, so that a pause in
/// typing costs what its own file costs. Kept while there is memory for it, a few at a time; one
/// caller after another is served from each.
public final class LookedAt {
  private static final int FOLDERS_MAX = 4;
  private static final int TURNS_MAX = 1_000;

  /// How old what is told of the other files may be. Looking again costs a look at each file's
  /// date.
  private static final long AGE_NANOS_MAX = 10_000_000_000L;

  private final Map<Path, Place> places = bounded(FOLDERS_MAX);
  private final Map<Object, Turn> turns = bounded(TURNS_MAX);

  /// Somebody's newest wish to have a file judged, until there is a newer one.
  final class Turn {
    private final Object of;

    private Turn(Object of) {
      this.of = of;
    }

    boolean isNewest() {
      synchronized (turns) {
        return turns.get(of) == this;
      }
    }
  }

  private record Draft(String by, Path folder, String file) {}

  Turn turn(String by, Path folder, String file) {
    var turn = new Turn(new Draft(by, folder, file));
    synchronized (turns) {
      turns.put(turn.of, turn);
    }
    return turn;
  }

  /// @param use of what the folder holds, not kept beyond that
  <T> T in(Path folder, Function<Neighbours, T> use) {
    Place place;
    synchronized (places) {
      place = places.computeIfAbsent(folder, _ -> new Place());
    }
    synchronized (place) {
      return use.apply(place.fresh(folder));
    }
  }

  private static final class Place {
    private SoftReference<@Nullable Neighbours> kept = new SoftReference<>(null);
    private long atNanos;

    Neighbours fresh(Path folder) {
      var known = kept.get();
      var now = System.nanoTime();
      if (known != null && now - atNanos < AGE_NANOS_MAX && !known.hasChanged()) return known;
      var read = read(folder, known);
      kept = new SoftReference<>(read);
      atNanos = now;
      return read;
    }

    private static Neighbours read(Path folder, @Nullable Neighbours before) {
      if (!Files.isDirectory(folder)) throw FolderRuns.noFolder(folder);
      try {
        var read = Neighbours.read(folder, before);
        if (!read.isEmpty()) return read;
      } catch (IOException e) {
        throw FolderRuns.unreadable(folder, e);
      }
      throw FolderRuns.empty(folder);
    }
  }

  /// The longest unused goes first.
  private static <K, V> Map<K, V> bounded(int max) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > max;
      }
    };
  }
}
