-- What the journal told the audit log, each thing once however often it is read. Valid for H2 and PostgreSQL.
CREATE TABLE audited_once (
  source VARCHAR(300) PRIMARY KEY,
  seq BIGINT NOT NULL
);
CREATE INDEX security_audit_kind ON security_audit (kind, seq);
