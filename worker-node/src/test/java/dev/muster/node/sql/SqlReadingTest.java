package dev.muster.node.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.node.models.KeySource;
import dev.muster.node.sql.SqlSource.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlReadingTest {
  private static SqlStatement statement(String text) throws UnansweredException {
    return SqlStatement.of(text, List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t",
        "  select id, name from public.t where name like 'a%' and id in (1, 2) order by 1 desc; ",
        "SELECT count(*), max(o.total)::numeric(10,2) FROM orders o JOIN c USING (id)",
        "WITH x AS (SELECT 1) SELECT * FROM x WHERE id = ? AND name = ?",
        "(SELECT 1) UNION (SELECT 2)",
        "VALUES (1, 'don''t', 'it is -- no comment')",
        "TABLE t",
        "SHOW server_version",
        "EXPLAIN (FORMAT JSON) SELECT 1",
        "SELECT \"Order\".\"id\" FROM \"Order\" WHERE \"say \"\"x\"\"\" = '(grow())'",
        "SELECT row_number() OVER (PARTITION BY a ORDER BY b) FROM t",
        "SELECT sum(x) FILTER (WHERE x > .5e3) FROM t GROUP BY a",
        "SELECT date_trunc('day', at) FROM t WHERE at > now() - interval '1 day'",
        "SELECT data->>'a', data #> '{a,b}', tags[1] FROM t WHERE EXISTS (SELECT 1)",
        "SELECT 'naïve', größe FROM t",
      })
  void whatOnlyReadsIsKnown(String text) throws Exception {
    assertThat(SqlReading.is(statement(text))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("dev.muster.node.sql.SqlAttacks#all")
  void whatMayDoMoreIsAskedAbout(String text) throws Exception {
    assertThat(SqlReading.is(statement(text))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SELECT 'open", "SELECT \"open", "1", "'x'", "SELECT \u0001", "SELECT İn(1)"})
  void soIsWhatNobodyUnderstands(String text) throws Exception {
    assertThat(SqlReading.is(statement(text))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("dev.muster.node.sql.SqlAttacks#several")
  void severalStatementsAreNone(String text) {
    assertThatThrownBy(() -> statement(text)).hasMessageContaining("a call for each");
  }

  @Test
  void noTextLooksLikeAnotherStatement() throws Exception {
    var source = new SqlSource("a", "jdbc:postgresql://h/d", "u", KeySource.NONE, Limits.STANDARD);
    var plain = SqlStatement.of("DELETE FROM t WHERE a = ?", List.of("x\nDELETE FROM t"));
    assertThat(plain.shown(source))
        .isEqualTo(
            """
            -- SQL for the source a at "jdbc:postgresql://h/d" as "u", once and in one transaction
            -- parameters: ["x\\nDELETE FROM t"]
            DELETE FROM t WHERE a = ?
            """);
    assertThatThrownBy(() -> statement(" ; ")).hasMessageContaining("is empty");
    assertThatThrownBy(() -> statement("SELECT '\0'")).hasMessageContaining("NUL");
  }
}
