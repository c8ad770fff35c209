package dev.muster.node.sql;

import java.util.List;

/// What somebody might write who wants to change something while it looks like a query. The tables
/// are those of `SqlFixture`.
final class SqlAttacks {
  static List<String> all() {
    return List.of(
        "INSERT INTO t VALUES (2, 'x')",
        "WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone",
        "WITH w AS (UPDATE t SET name = 'x' RETURNING id) SELECT count(*) FROM w",
        "SELECT * INTO copied FROM t",
        "SELECT * FROM t FOR UPDATE",
        "SELECT grow()",
        "SELECT \"grow\"()",
        "SELECT public.grow()",
        "SELECT grow /* quiet */ ()",
        "SELECT grow\n()",
        "SELECT * FROM grow()",
        "SELECT t.id FROM t WHERE grow () > 0",
        "SELECT (7).grown",
        "SELECT (id).grown FROM t",
        "SELECT g.grown FROM generate_series(7, 7) g",
        "SELECT g . \"grown\" FROM generate_series(7, 7) AS g",
        "SELECT abs.grown FROM abs(7)",
        "SELECT g.grown FROM t, abs(7) g",
        "SELECT g.grown FROM (SELECT 1) s, abs(7) g",
        "SELECT g.grown FROM t CROSS JOIN LATERAL abs(7) g",
        "SELECT g.grown FROM (abs(7) g CROSS JOIN t)",
        "SELECT g.grown FROM ROWS FROM (abs(7)) g",
        "SELECT 1 FROM t WHERE EXISTS (SELECT g.grown FROM abs(7) g)",
        "SELECT U&\"gr\\006fw\"()",
        "SELECT nextval('s')",
        "SELECT setval('s', 500)",
        "SELECT set_config('transaction_read_only', 'off', false), grow()",
        "SELECT lo_create(4711)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT lo_export(1, '/tmp/muster-sql-attack')",
        "COPY (SELECT 1) TO '/tmp/muster-sql-attack'",
        "COPY (SELECT 1) TO PROGRAM 'touch /tmp/muster-sql-attack'",
        "SELECT query_to_xml('DELETE FROM t', true, true, '')",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity",
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_notify('a', 'b')",
        "SELECT pg_reload_conf()",
        "SELECT pg_logical_emit_message(false, 'a', 'b')",
        "SELECT E'\\'' || grow() || ''",
        "SELECT $$a$$ || grow()",
        "EXPLAIN ANALYZE INSERT INTO t VALUES (2, 'x')",
        "EXPLAIN ANALYZE CREATE TABLE copied AS SELECT 1",
        "EXPLAIN ANALYZE SELECT grow()",
        "TRUNCATE t",
        "DROP TABLE t",
        "CREATE TABLE copied (id int)",
        "ALTER ROLE postgres SET work_mem = '1MB'",
        "CALL renew()",
        "DO 'BEGIN INSERT INTO t VALUES (2, NULL) RETURN END'",
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
        "SET TRANSACTION READ WRITE",
        "VACUUM t",
        "LOCK TABLE t",
        "NOTIFY a",
        "REFRESH MATERIALIZED VIEW m",
        "{call grow()}",
        "SELECT {fn grow()}",
        "MERGE INTO t USING (SELECT 1 AS id) n ON t.id = n.id WHEN MATCHED THEN DELETE",
        "PREPARE p AS DELETE FROM t",
        "SELECT * FROM t -- harmless\n, grow()",
        "select 1 from t where name = 'a' 'b' union select grow()");
  }

  /// More than one, which nothing here carries out.
  static List<String> several() {
    return List.of(
        "SELECT 1; DELETE FROM t",
        "SELECT 1;COMMIT;DELETE FROM t",
        "SELECT ';' ; DELETE FROM t",
        "ROLLBACK; SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE; DELETE FROM t",
        "SELECT 'a;b'");
  }

  private SqlAttacks() {}
}
