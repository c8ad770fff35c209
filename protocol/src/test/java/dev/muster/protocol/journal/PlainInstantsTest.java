package dev.muster.protocol.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainInstantsTest {
  private static final JsonMapper MAPPER =
      EventCodec.<JsonMapper, JsonMapper.Builder>configure(JsonMapper.builder()).build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-27T11:25:47.966Z",
        "2026-11-27T11:25:47Z",
        "2026-11-27T11:25:47.5Z",
        "2024-02-29T23:59:59.999999999Z",
        "1969-12-31T23:59:59.000001Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T00:00:00.123456Z",
      })
  void whatIsWrittenIsReadAsJavaReadsIt(String text) {
    assertThat(PlainInstants.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-27T11:25:47.9666666666Z",
        "2026-11-27T11:25:47.Z",
        "2026-11-27T11:25:47.9a6Z",
        "2026-11-27T11:25:47,966Z",
        "2026-11-27T11:25:47",
        "2026-11-27T11:25Z",
        "2026-11-27 11:25:47Z",
        "2026-02-30T11:25:47Z",
        "2026-11-27T24:00:00Z",
        "2026-11-27T11:60:47Z",
        "2016-12-31T23:59:60Z",
        "+12026-11-27T11:25:47Z",
        "2026-11-27T11:25:47+01:00",
        "٢٠٢٦-11-27T11:25:47Z",
        "Z",
        "",
      })
  void anythingElseIsLeftToJackson(String text) {
    assertThat(PlainInstants.parse(text)).isNull();
  }

  @Test
  void jacksonReadsWhatIsWrittenInAnotherWay() throws JsonProcessingException {
    assertThat(MAPPER.readValue("\"2026-11-27T11:25:47+01:00\"", Instant.class))
        .isEqualTo("2026-11-27T10:25:47Z");
    assertThat(MAPPER.readValue("1795778747.5", Instant.class))
        .isEqualTo("2026-11-27T11:25:47.500Z");
    assertThatThrownBy(() -> MAPPER.readValue("\"2026-02-30T11:25:47Z\"", Instant.class))
        .isInstanceOf(InvalidFormatException.class)
        .hasMessageContaining("2026-02-30T11:25:47Z");
  }
}
