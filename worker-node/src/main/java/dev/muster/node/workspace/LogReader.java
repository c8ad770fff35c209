package dev.muster.node.workspace;

import dev.muster.protocol.log.LogAnswer;
import dev.muster.protocol.log.LogAnswer.NoLog;
import dev.muster.protocol.log.LogAnswer.Piece;
import dev.muster.protocol.log.LogCommand;
import dev.muster.protocol.log.LogCommand.ReadLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.MailboxSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the logs of this node's attempts to other nodes, also while they are being written.
///
/// It waits for the disk on a thread made for that, one piece at a time, and drops what it is asked
/// beyond its limit, so that a slow disk delays those who read logs and nobody else.
public final class LogReader {
  private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
  private static final int WAITING_MAX = 256;

  private LogReader() {}

  /// Starts the reader of a node, where the other nodes find it.
  public static void host(ActorContext<?> guardian, String node, Workspaces workspaces) {
    guardian.spawn(create(node, workspaces), "log-reader", props());
  }

  static Props props() {
    return MailboxSelector.bounded(WAITING_MAX)
        .withDispatcherFromConfig("pekko.actor.default-blocking-io-dispatcher");
  }

  static Behavior<LogCommand> create(String node, Workspaces workspaces) {
    return Behaviors.setup(context -> {
      context
          .getSystem()
          .receptionist()
          .tell(Receptionist.register(LogCommand.serviceKey(node), context.getSelf()));
      return Behaviors.receiveMessage(command -> {
        switch (command) {
          case ReadLog read -> read.replyTo().tell(answer(workspaces, read));
        }
        return Behaviors.same();
      });
    });
  }

  private static LogAnswer answer(Workspaces workspaces, ReadLog read) {
    try {
      var log = workspaces.log(read.run(), read.worker(), read.attempt());
      return log == null ? new NoLog() : piece(log, read);
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "the log of attempt {} of {}/{} cannot be read: {}",
          read.attempt(),
          read.run(),
          read.worker(),
          e.toString());
      return new NoLog();
    }
  }

  /// What runs in a workspace may put a link in place of its log; that is not followed.
  private static Piece piece(Path log, ReadLog read) throws IOException {
    try (var file =
        FileChannel.open(log, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      var size = file.size();
      var from = Math.clamp(read.from(), 0, size);
      var length =
          Math.min(size - from, Math.clamp(read.bytesMax(), 0, LogCommand.PIECE_BYTES_MAX));
      var bytes = ByteBuffer.allocate((int) length);
      while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {}
      return new Piece(size, Arrays.copyOf(bytes.array(), bytes.position()));
    }
  }
}
