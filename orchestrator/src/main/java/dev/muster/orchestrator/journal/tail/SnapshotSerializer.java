package dev.muster.orchestrator.journal.tail;

import dev.muster.orchestrator.journal.storage.Deflated;
import dev.muster.protocol.journal.EventCodec;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// Writes what an entity remembers, so that it need not recover from all of its events.
///
/// A snapshot is never the only place where something stands: one of another form, or one that
/// cannot be read, is passed over, and the events are replayed.
public abstract class SnapshotSerializer extends SerializerWithStringManifest {
  /// How many events an entity replays at most, but for those that are persisted at once.
  public static final int EVERY_EVENTS = 10_000;

  private final int identifier;
  private final String form;
  private final Class<?> type;

  /// @param identifier stored with every snapshot; never changes
  /// @param form another when what is written, or what events mean, changes
  protected SnapshotSerializer(int identifier, String form, Class<?> type) {
    this.identifier = identifier;
    this.form = form;
    this.type = type;
  }

  @Override
  public int identifier() {
    return identifier;
  }

  @Override
  public String manifest(Object snapshot) {
    return form;
  }

  @Override
  public byte[] toBinary(Object snapshot) {
    return Deflated.of(EventCodec.encode(snapshot));
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    if (!manifest.equals(form)) {
      throw new IllegalArgumentException(
          "the snapshot is of the form " + manifest + ", and not " + form);
    }
    return EventCodec.decode(Deflated.inflate(bytes), type);
  }
}
