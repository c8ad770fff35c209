package dev.muster.orchestrator.readside.view;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.muster.protocol.journal.EventCodec;
import dev.muster.protocol.text.Moments;
import dev.muster.protocol.text.Visible;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// The one way Muster writes JSON: instants in UTC with exactly three decimals, and nothing that
/// steers the terminal it is shown on.
public final class Json {
  private static final JsonMapper MAPPER =
      EventCodec.<JsonMapper, JsonMapper.Builder>configure(JsonMapper.builder())
          .addModule(new SimpleModule("muster").addSerializer(new InstantSerializer()))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build());
  }

  private Json() {}

  public static JsonMapper mapper() {
    return MAPPER;
  }

  public static String instant(Instant at) {
    return Moments.text(at);
  }

  /// Nothing in it that cannot be seen, or moves a cursor, is left raw: people print it.
  public static String text(Object value) {
    try {
      return Visible.json(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] bytes(Object value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  public static ObjectNode tree(Object record) {
    return MAPPER.valueToTree(record);
  }

  private static final class InstantSerializer extends StdSerializer<Instant> {
    @Serial private static final long serialVersionUID = 1L;

    InstantSerializer() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant at, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(instant(at));
    }
  }
}
