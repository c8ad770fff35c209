package dev.muster.node.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a statement is sure to read only, by its text alone. The transaction it then runs in
/// lets nobody write tables; this keeps out what a transaction does not hold: functions that write
/// files, end sessions, call other servers, and COPY.
///
/// It knows what is harmless, not what is harmful: a function, a beginning, a character that it
/// does not know makes a statement one that somebody is asked about. Pure.
public final class SqlReading {
  private static final Set<String> BEGINNINGS =
      Set.of("select", "with", "values", "table", "show", "explain");

  /// What writes inside of something that begins like that.
  private static final Set<String> NEVER =
      Set.of(
          "insert", "update", "delete", "merge", "into", "execute", "create", "declare", "refresh",
          "share", "copy", "call", "do");

  /// What may stand before a parenthesis: words of the language, types, functions without effects.
  private static final Set<String> KNOWN =
      words(
          """
          all and any array as asc between by case cast cross desc distinct else except exists
          explain extract filter from group grouping having ilike in inner intersect interval is
          join lateral left like limit materialized not offset on only or order over partition
          right row rows select sets some then union using values when where with within
          bit char character decimal float numeric precision time timestamp timestamptz timetz
          varchar varying
          array_agg avg bool_and bool_or corr count every json_agg json_object_agg jsonb_agg
          jsonb_object_agg max min mode percentile_cont percentile_disc stddev stddev_pop
          stddev_samp string_agg sum var_pop var_samp variance
          cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank
          row_number
          abs ceil ceiling div exp floor ln log mod power round sign sqrt trunc
          ascii btrim char_length character_length chr coalesce concat concat_ws decode encode
          format greatest initcap least length lower ltrim md5 nullif octet_length overlay position
          regexp_count regexp_match regexp_matches regexp_replace regexp_split_to_array
          regexp_split_to_table replace reverse rtrim split_part starts_with strpos substr
          substring to_char to_date to_number to_timestamp translate trim upper
          age date date_bin date_part date_trunc make_date make_interval make_timestamp now
          array_length array_position array_to_string cardinality generate_series string_to_array
          unnest
          json_array_elements json_array_length json_build_object json_each json_extract_path_text
          json_object_keys jsonb_array_elements jsonb_array_elements_text jsonb_array_length
          jsonb_build_object jsonb_each jsonb_each_text jsonb_extract_path_text jsonb_object_keys
          jsonb_path_query jsonb_typeof row_to_json to_json to_jsonb
          current_database current_schema format_type obj_description col_description
          pg_get_constraintdef pg_get_expr pg_get_indexdef pg_get_viewdef pg_relation_size
          pg_size_pretty pg_table_size pg_total_relation_size pg_typeof to_regclass version
          """);

  /// What a function stands behind when it is called as a table.
  private static final Set<String> BEFORE_TABLES = Set.of("from", "join", "lateral", ",", "(");

  /// Words after which no table comes before the next FROM of the same parentheses.
  private static final Set<String> AFTER_TABLES =
      Set.of("select", "where", "group", "having", "order", "limit", "offset", "window");

  private static final String SIGNS = "()[],.+-*/<>=~!@#%^&|?:";

  private final String text;
  private int at;
  private @Nullable String first;

  /// What comes before is a name, with nothing but space between.
  private boolean afterName;

  /// It is one that is not known to be harmless when it is called.
  private boolean afterUnknown;

  private boolean afterDot;

  /// The two newest words or signs.
  private String last = "";

  private String beforeLast = "";

  /// Whether tables are named here, for each open parenthesis and for the text around all.
  private final Deque<Boolean> tables = new ArrayDeque<>(List.of(false));

  /// `f(…)` as a table makes its value a row, and then `x.g` of that row calls a function g.
  private boolean callsTable;

  private boolean hasDot;

  private static Set<String> words(String text) {
    return Set.copyOf(List.of(text.strip().split("\\s+", -1)));
  }

  private SqlReading(String text) {
    this.text = text;
  }

  public static boolean is(SqlStatement statement) {
    return new SqlReading(statement.text()).reads();
  }

  private boolean reads() {
    while (at < text.length()) {
      if (!next()) return false;
    }
    return first != null && !(callsTable && hasDot);
  }

  private boolean next() {
    var sign = text.charAt(at);
    if (" \t\r\n\f".indexOf(sign) >= 0) {
      at++;
      return true;
    }
    if (isOfWord(sign) && !isDigit(sign)) return word();
    if (isDigit(sign)) return number();
    if (sign == '\'' || sign == '"') return quoted(sign);
    return sign(sign);
  }

  private boolean sign(char sign) {
    if (SIGNS.indexOf(sign) < 0) return false;
    if (text.startsWith("--", at) || text.startsWith("/*", at)) return false;
    if (sign == '(' && afterUnknown) return false;
    // `(x).f` and `?.f` call a function, too.
    if (sign == '.' && !afterName && !isDigitAt(at + 1)) return false;
    if (sign == '(') open();
    if (sign == ')' && tables.size() > 1) tables.pop();
    if (sign == '.' && !isDigitAt(at + 1)) hasDot |= !isAll(at + 1);
    after(false, false);
    afterDot = sign == '.';
    came(String.valueOf(sign));
    at++;
    return true;
  }

  private void open() {
    var named = afterName && !last.isEmpty();
    if (named && tables.element() && BEFORE_TABLES.contains(beforeLast)) callsTable = true;
    tables.push(tables.element() && BEFORE_TABLES.contains(last));
  }

  private void came(String token) {
    beforeLast = last;
    last = token;
  }

  /// `x.*` is every column.
  private boolean isAll(int from) {
    var index = from;
    while (index < text.length() && " \t\r\n\f".indexOf(text.charAt(index)) >= 0) index++;
    return index < text.length() && text.charAt(index) == '*';
  }

  private boolean word() {
    var from = at;
    while (at < text.length() && isOfWord(text.charAt(at))) at++;
    var word = text.substring(from, at);
    // As the server does it: other letters stay what they are.
    var lower = word.toLowerCase(Locale.ROOT);
    var plain = word.chars().allMatch(it -> it < 0x80);
    if (NEVER.contains(lower)) return false;
    if (first == null && !BEGINNINGS.contains(lower)) return false;
    if (first == null) first = lower;
    after(true, afterDot || !plain || !KNOWN.contains(lower));
    came(lower);
    if (lower.equals("from") || lower.equals("join")) tables(true);
    if (AFTER_TABLES.contains(lower)) tables(false);
    return true;
  }

  private void tables(boolean here) {
    tables.pop();
    tables.push(here);
  }

  /// `1e5`, `0x1F`, `1_000`.
  private boolean number() {
    while (at < text.length() && (isOfWord(text.charAt(at)) || text.charAt(at) == '.')) at++;
    after(false, false);
    came("0");
    return first != null;
  }

  /// Nothing before the quote may change what is in it, as in `E'…'` and `U&"…"`.
  private boolean quoted(char quote) {
    if (first == null) return false;
    var before = text.charAt(at - 1);
    if (isOfWord(before) || before == '&' || before == '\'' || before == '"') return false;
    at++;
    while (at < text.length()) {
      if (text.charAt(at++) != quote) continue;
      if (at == text.length() || text.charAt(at) != quote) {
        after(quote == '"', quote == '"');
        came(String.valueOf(quote));
        return true;
      }
      at++;
    }
    return false;
  }

  private void after(boolean name, boolean unknown) {
    afterName = name;
    afterUnknown = unknown;
    afterDot = false;
  }

  private boolean isDigitAt(int index) {
    return index < text.length() && isDigit(text.charAt(index));
  }

  private static boolean isDigit(char sign) {
    return sign >= '0' && sign <= '9';
  }

  private static boolean isOfWord(char sign) {
    return sign == '_'
        || isDigit(sign)
        || (sign >= 'a' && sign <= 'z')
        || (sign >= 'A' && sign <= 'Z')
        || sign >= 0x80;
  }
}
