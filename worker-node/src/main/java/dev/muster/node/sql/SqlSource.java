package dev.muster.node.sql;

import dev.muster.node.models.KeySource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A database of PostgreSQL that agents may ask, as the operator has set it up.
///
/// @param name of a-z, 0-9, dashes and underscores
/// @param url of JDBC, with no setting that runs code, and no password
/// @param user null for that of the URL
/// @param password asked for anew for each statement, so that it can be changed
public record SqlSource(
    String name, String url, @Nullable String user, KeySource password, Limits limits) {
  /// @param rowsMax that an answer shows
  /// @param charsMax of an answer
  /// @param timeMax of a statement
  public record Limits(int rowsMax, int charsMax, Duration timeMax) {
    public static final Limits STANDARD = new Limits(200, 24_000, Duration.ofSeconds(30));
  }

  public SqlSource with(KeySource other) {
    return new SqlSource(name, url, user, other, limits);
  }
}
