package dev.muster.orchestrator.readside.table;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.protocol.journal.EventCodec;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// What a fold knows as text, field by field, in two columns: H2 keeps no more than so much in a
/// row, and what it keeps elsewhere costs as much as several rows.
record StateText(String text, @Nullable String more) {
  private static final int ROW_CHARS_MAX = 1_000_000;

  private static final JsonMapper MAPPER =
      EventCodec.<JsonMapper, JsonMapper.Builder>configure(JsonMapper.builder())
          .visibility(PropertyAccessor.ALL, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
          .build();

  static StateText of(Object state) {
    try {
      var whole = MAPPER.writeValueAsString(state);
      var end = end(whole, ROW_CHARS_MAX);
      return end == whole.length()
          ? new StateText(whole, null)
          : new StateText(whole.substring(0, end), whole.substring(end));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T> T as(Class<T> type) {
    try {
      return MAPPER.readValue(more == null ? text : text + more, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Never between the two halves of a character: PostgreSQL would keep neither.
  private static int end(String text, int charsMax) {
    if (text.length() <= charsMax) return text.length();
    return Character.isHighSurrogate(text.charAt(charsMax - 1)) ? charsMax - 1 : charsMax;
  }

  /// For a column of that width; nothing that a database refuses.
  static String cut(String text, int charsMax) {
    var clean = text.indexOf('\0') < 0 ? text : text.replace('\0', ' ');
    return clean.substring(0, end(clean, charsMax));
  }
}
