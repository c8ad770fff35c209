package dev.muster.orchestrator.journal.storage;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Judges one definition of an H2 file: whether it is of the kind that our own migrations make, of
/// words that cannot call anything. What is not known to be harmless is refused, so that a
/// migration with a new word fails in the tests until the word is added here. Pure.
///
/// A trigger, an alias or an aggregate runs code; a linked table calls a host; a view, a default or
/// a check may call a function that reads or writes any file.
final class PlainDefinition {
  /// By H2's own number of the kind. Kinds that are not here are refused.
  private static final Map<Integer, String> BEGINNINGS =
      Map.of(
          0, "CREATE CACHED TABLE ",
          1, "CREATE ",
          2, "CREATE USER ",
          3, "CREATE SEQUENCE ",
          5, "ALTER TABLE ",
          6, "SET ",
          7, "CREATE ROLE ",
          8, "GRANT ",
          10, "CREATE SCHEMA ",
          13, "COMMENT ");

  private static final Map<Integer, String> REFUSED =
      Map.of(
          0, "a table that is not a plain one",
          4, "a trigger",
          9, "a function of its own",
          11, "a constant",
          12, "a type of its own",
          14, "an aggregate function",
          15, "a synonym");

  private static final Pattern SETTING =
      Pattern.compile(
          "SET (CREATE_BUILD|WRITE_DELAY|CACHE_SIZE|MAX_LENGTH_INPLACE_LOB|DB_CLOSE_DELAY|DEFAULT_LOCK_TIMEOUT)"
              + " -?\\d+");

  private static final Set<String> WORDS =
      Set.of(
          """
          CREATE CACHED TABLE USER IF NOT EXISTS SALT HASH ADMIN SEQUENCE SCHEMA AUTHORIZATION ROLE
          GRANT TO COMMENT ON COLUMN ALTER ADD CONSTRAINT PRIMARY FOREIGN UNIQUE KEY INDEX
          REFERENCES CHECK NOCHECK NULLS DISTINCT FIRST LAST ASC DESC DELETE UPDATE SET CASCADE
          RESTRICT NO ACTION NULL DEFAULT TRUE FALSE UNKNOWN CURRENT_TIMESTAMP LOCALTIMESTAMP
          CURRENT_DATE GENERATED ALWAYS BY AS IDENTITY START WITH RESTART INCREMENT MINVALUE
          MAXVALUE CYCLE CACHE BELONGS_TO_TABLE SELECTIVITY INVISIBLE AND OR IN IS BETWEEN LIKE
          INTEGER BIGINT SMALLINT TINYINT BOOLEAN CHARACTER VARYING VARCHAR_IGNORECASE LARGE OBJECT
          BINARY NUMERIC DECIMAL DECFLOAT REAL DOUBLE PRECISION FLOAT DATE TIME TIMESTAMP WITHOUT
          ZONE UUID ARRAY JSON CHAR_LENGTH OCTET_LENGTH LENGTH COALESCE LOWER UPPER
          """
              .strip()
              .split("\\s+", -1));

  /// A name, a text, a number, a word, or a sign that calls nothing.
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|(?<name>\"(?:[^\"]|\"\")*\")|'(?:[^']|'')*'|-?\\d+(?:\\.\\d+)?|(?<word>[A-Za-z_]\\w*)|[().,=<>+*]");

  private PlainDefinition() {}

  /// What it is that has no place in a journal, in words; null when it is harmless.
  static @Nullable String problem(int kind, String sql) {
    var beginning = BEGINNINGS.get(kind);
    var what = REFUSED.getOrDefault(kind, "an object of kind " + kind);
    if (beginning == null || !sql.startsWith(beginning)) return what + ": " + start(sql);
    if (kind == 6) return SETTING.matcher(sql).matches() ? null : "the setting " + start(sql);
    return unknown(sql);
  }

  private static @Nullable String unknown(String sql) {
    var token = TOKEN.matcher(sql);
    var last = "";
    var bareName = false;
    for (var at = 0; at < sql.length(); at = token.end()) {
      if (!token.region(at, sql.length()).lookingAt()) return said(sql.substring(at, at + 1), sql);
      var word = token.group("word");
      if (word != null && !WORDS.contains(word)) return said(word, sql);
      if (token.group().isBlank()) continue;
      // A quoted name calls the function of that name as well as a bare one; with a schema it is
      // that of a table or of an alias, and there are no aliases.
      if (bareName && token.group().equals("(")) return said("a call", sql);
      bareName = token.group("name") != null && !last.equals(".");
      last = token.group();
    }
    return null;
  }

  private static String said(String found, String sql) {
    return "`" + found + "` in: " + start(sql);
  }

  private static String start(String sql) {
    var line = sql.replaceAll("\\s+", " ").strip();
    return line.length() <= 100 ? line : line.substring(0, 100) + "…";
  }
}
