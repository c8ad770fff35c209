package dev.muster.orchestrator.app;

import dev.muster.orchestrator.usecase.LogSource;
import dev.muster.orchestrator.usecase.Refusal;
import dev.muster.protocol.log.LogAnswer;
import dev.muster.protocol.log.LogAnswer.NoLog;
import dev.muster.protocol.log.LogAnswer.Piece;
import dev.muster.protocol.log.LogCommand;
import dev.muster.protocol.log.LogCommand.ReadLog;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.jspecify.annotations.Nullable;

/// Logs as they are on the node of their attempt: its log reader is asked piece by piece.
public record NodeLogs(ActorSystem<?> system) implements LogSource {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

  @Override
  public Found find(Attempt attempt) {
    var key = LogCommand.serviceKey(attempt.node());
    var listing =
        answer(
            AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
                system.receptionist(),
                replyTo -> Receptionist.find(key, replyTo),
                ANSWER_MAX,
                system.scheduler()));
    if (listing == null) return Missing.SILENT;
    // Right after a restart the reader of the node's earlier life may still be listed.
    var best = Missing.SILENT;
    for (var reader : listing.getServiceInstances(key)) {
      var log = new NodeLog(system, reader, attempt);
      switch (log.ask(0, 0)) {
        case Piece _ -> {
          return log;
        }
        case NoLog _ -> best = Missing.NOWHERE;
        case null -> {}
      }
    }
    return best;
  }

  private record NodeLog(ActorSystem<?> system, ActorRef<LogCommand> reader, Attempt attempt)
      implements Log {
    @Override
    public long size() {
      return piece(0, 0).sizeBytes();
    }

    @Override
    public byte[] read(long from, int bytesMax) {
      var read = new ByteArrayOutputStream();
      while (read.size() < bytesMax) {
        var piece = piece(from + read.size(), bytesMax - read.size());
        read.writeBytes(piece.bytes());
        if (piece.bytes().length == 0 || from + read.size() >= piece.sizeBytes()) break;
      }
      return read.toByteArray();
    }

    /// The log was there a moment ago.
    private Piece piece(long from, int bytesMax) {
      if (ask(from, bytesMax) instanceof Piece piece) return piece;
      throw Refusal.unavailable(
          "no-answer",
          "expected more of attempt %d of %s from %s, found that it answers no more: try again"
              .formatted(attempt.number(), attempt.worker(), attempt.node()));
    }

    private @Nullable LogAnswer ask(long from, int bytesMax) {
      return answer(
          AskPattern.<LogCommand, LogAnswer>ask(
              reader,
              replyTo ->
                  new ReadLog(
                      attempt.run(), attempt.worker(), attempt.number(), from, bytesMax, replyTo),
              ANSWER_MAX,
              system.scheduler()));
    }
  }

  /// Null when there is none in time.
  private static <T> @Nullable T answer(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
