package dev.muster.e2e.rig;

import com.typesafe.config.Config;
import dev.muster.protocol.journal.EventNames;
import dev.muster.protocol.journal.MusterEvent;
import dev.muster.protocol.worker.WorkerEvent.AgentStepped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageSuccess;
import org.apache.pekko.persistence.JournalProtocol.WriteMessages;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.jdbc.journal.JdbcAsyncWriteJournal;
import org.jspecify.annotations.Nullable;
import scala.PartialFunction;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/// The journal of a node that is to be killed at a certain write: the real one, but that the write
/// is kept from happening, or its writer from hearing of it. Whoever writes waits, all others go
/// on; so many entities stand at moments of their own when one `kill -9` comes.
///
/// In the node's own JVM; [Held] is its other end.
public final class HeldJournal extends JdbcAsyncWriteJournal {
  static final String FOLDER = "muster.held";
  static final String WRITES = "writes";
  static final String HOLDS = "holds";
  static final String HELD = "held";

  private final Path folder = Path.of(System.getProperty(FOLDER, ""));
  private final Map<String, Integer> counts = new HashMap<>();

  public HeldJournal(Config config) {
    super(config);
  }

  @Override
  public void aroundReceive(PartialFunction<Object, BoxedUnit> receive, Object message) {
    try {
      var goesOn = message instanceof WriteMessages write ? seen(write) : message;
      if (goesOn != null) super.aroundReceive(receive, goesOn);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Null for what does not happen.
  private @Nullable WriteMessages seen(WriteMessages write) throws IOException {
    var first = (AtomicWrite) write.messages().head();
    var line = first.persistenceId() + "\t" + moment(first);
    say(WRITES, line);
    var before = holds(line + "\t" + Held.Side.BEFORE);
    if (!before && !holds(line + "\t" + Held.Side.AFTER)) return write;
    if (before) {
      say(HELD, line);
      return null;
    }
    var hearer = context().actorOf(Props.create(Hearer.class, () -> new Hearer(this, line)));
    return new WriteMessages(write.messages(), hearer, write.actorInstanceId());
  }

  /// Hears in place of the writer that it is done.
  private static final class Hearer extends AbstractActor {
    private final HeldJournal journal;
    private final String line;

    Hearer(HeldJournal journal, String line) {
      this.journal = journal;
      this.line = line;
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(WriteMessageSuccess.class, _ -> journal.say(HELD, line))
          .matchAny(_ -> {})
          .build();
    }
  }

  /// The name of its first event and the how many-eth of this entity that is, such as
  /// `AgentStepped.TURN:2`.
  private String moment(AtomicWrite write) {
    var all = CollectionConverters.<PersistentRepr>asJava(write.payload());
    var event = (MusterEvent) all.getFirst().payload();
    var name = EventNames.nameOf(event);
    if (event instanceof AgentStepped(_, _, var step, _)) name += "." + step.kind();
    return name + ":" + counts.merge(write.persistenceId() + name, 1, Integer::sum);
  }

  private boolean holds(String line) throws IOException {
    var file = folder.resolve(HOLDS);
    return Files.exists(file) && Files.readAllLines(file).stream().anyMatch(line::endsWith);
  }

  private void say(String file, String line) throws IOException {
    Files.writeString(
        folder.resolve(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
