package dev.muster.e2e.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.e2e.CountedAgent;
import dev.muster.e2e.rig.Held;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// One conversation, in a run and a target of its own, that stands at its boundary.
///
/// @param number of its worker
record Standing(int number, Boundary at, String run, Path target) {
  String worker() {
    return CountedAgent.id(number);
  }

  /// Before its run begins.
  static Path prepare(Boundary at, Path target) {
    try {
      Files.createDirectories(target);
      if (at instanceof Boundary.Operation(var done)) {
        var hold = done ? CountedAgent.NOT_OVER : CountedAgent.NOT_YET;
        Files.createFile(target.resolve(hold));
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param data folders of the nodes
  boolean reached(Held held, CountedAgent agent, List<Path> data) {
    return switch (at) {
      case Boundary.Written written -> {
        var write = written.in(run, worker());
        yield held.held().stream()
            .anyMatch(
                it -> it.entity().endsWith(write.entity()) && it.moment().equals(write.moment()));
      }
      case Boundary.Asked(var turn) ->
          agent.asked(number).stream().anyMatch(it -> it.turn() == turn);
      case Boundary.Command _ -> data.stream().anyMatch(this::hasCounted);
      case Boundary.Operation(var done) ->
          Files.exists(target.resolve(done ? CountedAgent.LOG : CountedAgent.BEGAN));
    };
  }

  private boolean hasCounted(Path data) {
    var folder = data.resolve("workspaces").resolve(run).resolve(worker());
    if (!Files.exists(folder)) return false;
    try (var files = Files.walk(folder)) {
      return files.anyMatch(it -> it.endsWith("effects.txt"));
    } catch (IOException | UncheckedIOException _) {
      return false; // it changes as we look
    }
  }

  /// What its script waits for is over.
  void release() {
    try {
      Files.deleteIfExists(target.resolve(CountedAgent.NOT_YET));
      Files.deleteIfExists(target.resolve(CountedAgent.NOT_OVER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Answers that had reached the journal when its node died.
  static long turnsBefore(JsonNode steps, Instant killed) {
    var count = 0L;
    for (var step : steps) {
      var early = Instant.parse(step.path("at").asText()).isBefore(killed);
      if (early && step.path("kind").asText().equals("turn")) count++;
    }
    return count;
  }

  @Override
  public String toString() {
    return worker() + " of " + run + ", " + at;
  }
}
