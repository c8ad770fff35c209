-- Requests that carried an Idempotency-Key, and how they were answered. Valid for H2 and PostgreSQL.
CREATE TABLE idempotency_key (
  id VARCHAR(200) PRIMARY KEY,
  fingerprint CHAR(64) NOT NULL,
  first_at BIGINT NOT NULL,
  taken_at BIGINT NOT NULL,
  status INTEGER,
  headers TEXT,
  body TEXT
);
CREATE INDEX idempotency_key_taken_at ON idempotency_key (taken_at);
