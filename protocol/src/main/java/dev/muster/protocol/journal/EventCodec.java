package dev.muster.protocol.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/// Events to bytes and back: CBOR, absent fields left out, unknown fields ignored, so that a newer
/// journal can be read by an older Muster as far as it goes.
public final class EventCodec {
  private static final ObjectMapper CBOR = configure(CBORMapper.builder(cbor())).build();

  private EventCodec() {}

  /// Half a character, which a model may write and which is left where a text is cut, is written as
  /// U+FFFD: it is no reason to lose what it stands in.
  public static CBORFactory cbor() {
    return CBORFactory.builder().enable(CBORGenerator.Feature.LENIENT_UTF_ENCODING).build();
  }

  /// The one way Muster maps records, shared by everything that writes JSON or CBOR.
  public static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B configure(B builder) {
    return builder
        .addModule(new JavaTimeModule())
        .addModule(new SimpleModule().addDeserializer(Instant.class, new PlainInstants()))
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(
                JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL));
  }

  public static byte[] encode(Object value) {
    try {
      return CBOR.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Throws `UncheckedIOException` when the bytes are not what the name says.
  public static <T> T decode(byte[] bytes, Class<T> type) {
    try {
      return CBOR.readValue(bytes, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Throws `UncheckedIOException` when the bytes are not what the name says, and
  /// `IllegalArgumentException` for a name this version does not know.
  public static MusterEvent decodeEvent(byte[] bytes, String name) {
    var type = EventNames.classOf(name);
    if (type == null) {
      throw new IllegalArgumentException(
          "the journal holds an event named " + name + ", which this version does not know");
    }
    return decode(bytes, type);
  }
}
