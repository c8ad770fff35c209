package dev.muster.protocol.journal;

import org.apache.pekko.serialization.SerializerWithStringManifest;

/// Writes events to the journal under their stable names instead of their class names.
public final class EventSerializer extends SerializerWithStringManifest {
  /// Stored with every event; never changes.
  public static final int IDENTIFIER = 7400;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object event) {
    return EventNames.nameOf((MusterEvent) event);
  }

  @Override
  public byte[] toBinary(Object event) {
    return EventCodec.encode(event);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return EventCodec.decodeEvent(bytes, manifest);
  }
}
