package dev.muster.node.sql;

import dev.muster.protocol.text.SecretForms;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/// What a server or a driver says of a failure, in words that a model can act on, and without the
/// password.
record Complaint(SqlSource source) {
  private static final int CHARS_MAX = 2_000;

  String of(Exception e) {
    var said = withoutPassword(String.valueOf(e.getMessage()).strip());
    if (said.length() > CHARS_MAX) said = said.substring(0, CHARS_MAX) + "…";
    if (!(e instanceof SQLException failed)) {
      return "the source %s cannot be asked: %s".formatted(source.name(), said);
    }
    if (said.contains("maxResultBuffer")) {
      return "nothing has happened, since the answer has more than 8 MB; ask for less: fewer rows"
          + " or columns, or left(column, 1000)";
    }
    var state = String.valueOf(failed.getSQLState());
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "08" ->
          "the source %s cannot be reached, or was lost (%s): %s"
              .formatted(source.name(), state, said);
      case "28" -> "the source %s refuses its user (%s): %s".formatted(source.name(), state, said);
      default -> "%s (%s)%s".formatted(said, state, advice(state));
    };
  }

  /// Whether the server may be there a moment later: it was not reached, has no room for one more,
  /// or is about to begin or to end.
  static boolean passes(Exception e) {
    if (!(e instanceof SQLException failed)) return false;
    var state = String.valueOf(failed.getSQLState());
    return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
  }

  private String advice(String state) {
    return switch (state) {
      case "57014" ->
          "; a statement may take %d s at most".formatted(source.limits().timeMax().toSeconds());
      case "25006" -> "; what begins like a query runs where nothing can be changed";
      case "42P01", "42703" -> "; information_schema.columns says what there is";
      default -> "";
    };
  }

  /// Rows, without a password that is long enough to be nothing else.
  String rows(String text) {
    try {
      return SecretForms.of(List.of(source.password().reveal())).without(text);
    } catch (IOException _) {
      return text;
    }
  }

  private String withoutPassword(String text) {
    try {
      var password = source.password().reveal();
      if (password.isEmpty()) return text;
      // Short ones have no other forms that would not be anything else, too.
      return SecretForms.of(List.of(password)).without(text).replace(password, SecretForms.MARK);
    } catch (IOException _) {
      return text;
    }
  }
}
