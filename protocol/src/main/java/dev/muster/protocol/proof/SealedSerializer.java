package dev.muster.protocol.proof;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.protocol.journal.EventCodec;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.apache.pekko.serialization.jackson.JacksonObjectMapperProvider;
import org.jspecify.annotations.Nullable;

/// Writes what only an orchestrator may say, and what a node says of itself, with the seal of the
/// node that says it, and reads it only when that seal holds. Pekko's own Jackson serializer does
/// not read these types, since they are not bound to it: there is no way around the seal.
///
/// Inside one JVM nothing is serialized, so a node that is alone pays nothing for this.
public final class SealedSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 7401;
  private static final String PURPOSE = "message";

  private final ExtendedActorSystem system;
  private final SealsSetup setup;
  private @Nullable ObjectMapper mapper;

  /// What is signed.
  record Said(String type, String sha256, Instant at) {}

  /// What travels before the message, with its own length in front.
  record Head(Instant at, Seal seal) {}

  public SealedSerializer(ExtendedActorSystem system) {
    this.system = system;
    this.setup =
        system
            .settings()
            .setup()
            .get(SealsSetup.class)
            .orElseGet(
                () -> new SealsSetup(new LoneSeals("alone"), InstantSource.system(), _ -> {}));
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return message.getClass().getName();
  }

  @Override
  public byte[] toBinary(Object message) {
    try {
      var bytes = mapper().writeValueAsBytes(message);
      var at = setup.clock.instant();
      var seal = setup.seals.seal(PURPOSE, new Said(manifest(message), Sha256.of(bytes), at));
      var head = mapper().writeValueAsBytes(new Head(at, seal));
      return ByteBuffer.allocate(Integer.BYTES + head.length + bytes.length)
          .putInt(head.length)
          .put(head)
          .put(bytes)
          .array();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot write " + manifest(message), e);
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      var type = type(manifest);
      var from = ByteBuffer.wrap(bytes);
      var head = mapper().readValue(next(from, from.getInt()), Head.class);
      var message = next(from, from.remaining());
      var said = new Said(manifest, Sha256.of(message), head.at());
      var no = setup.seals.refusal(PURPOSE, said, head.seal(), office(type));
      if (no == null) no = Fresh.refusal(head.at(), setup.clock.instant());
      var speaker = head.seal().node();
      if (no != null) throw refused(type.getSimpleName(), speaker, no);
      var read = mapper().readValue(message, type);
      if (read instanceof FromNode of && !of.saidBy().equals(speaker)) {
        throw refused(type.getSimpleName(), speaker, "it speaks for " + of.saidBy());
      }
      return read;
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      if (e instanceof NotSerializableException it) throw it;
      throw refused("something", "somebody", "it is not a sealed message: " + e.getMessage());
    }
  }

  private static byte[] next(ByteBuffer from, int length) throws IOException {
    if (length < 0 || length > from.remaining()) throw new IOException("it is cut off");
    var bytes = new byte[length];
    from.get(bytes);
    return bytes;
  }

  private NotSerializableException refused(String what, String who, String why) {
    var text = "dropped %s of %s, since it proves nothing: %s".formatted(what, who, why);
    setup.refused.accept(text);
    return new NotSerializableException(text);
  }

  /// Of the marked types only.
  private static Class<?> type(String name) throws ClassNotFoundException {
    if (!name.startsWith("dev.muster.protocol.")) throw new ClassNotFoundException(name);
    var type = Class.forName(name, false, SealedSerializer.class.getClassLoader());
    var isMarked =
        FromOrchestrator.class.isAssignableFrom(type) || FromNode.class.isAssignableFrom(type);
    if (!isMarked) throw new ClassNotFoundException(name);
    return type;
  }

  private static Office office(Class<?> type) {
    return FromOrchestrator.class.isAssignableFrom(type) ? Office.ORCHESTRATOR : Office.NODE;
  }

  /// Not in the constructor: the provider may ask for serializers itself.
  private synchronized ObjectMapper mapper() {
    var known = mapper;
    if (known == null) {
      known =
          JacksonObjectMapperProvider.get(system)
              .getOrCreate("jackson-cbor", Optional.of(EventCodec.cbor()));
      mapper = known;
    }
    return known;
  }
}
