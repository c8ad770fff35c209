package dev.muster.node.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/// One statement, never several: what the driver would cut apart at a semicolon has none. So what
/// the server gets is one command, and nothing in it can end the transaction it runs in.
///
/// @param parameters in place of each `?`
public record SqlStatement(String text, List<String> parameters) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public SqlStatement {
    parameters = List.copyOf(parameters);
  }

  /// @throws UnansweredException when it is none, or several
  public static SqlStatement of(String text, List<String> parameters) throws UnansweredException {
    var end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ';' || Character.isWhitespace(text.charAt(end - 1))))
      end--;
    var one = text.substring(0, end).strip();
    if (one.isEmpty()) throw new UnansweredException("`statement` is empty");
    if (one.indexOf('\0') >= 0) {
      throw new UnansweredException("`statement` holds a NUL character");
    }
    if (one.indexOf(';') >= 0) {
      throw new UnansweredException(
          "expected one statement without `;` in it, found more: make a call for each, and give a"
              + " text that holds one by `parameters`");
    }
    return new SqlStatement(one, parameters);
  }

  /// What whoever decides about it sees, and what its digest is made of: two lines, each of which
  /// holds no line break, and then the statement to the letter.
  public String shown(SqlSource source) {
    return "-- SQL for the source %s at %s%s, once and in one transaction\n-- parameters: %s\n%s\n"
        .formatted(
            source.name(),
            json(source.url()),
            source.user() == null ? "" : " as " + json(source.user()),
            json(parameters),
            text);
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }
}
