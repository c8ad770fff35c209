-- Who did, decided or was refused what. Each row holds the hash of the one before. Valid for H2 and PostgreSQL.
CREATE TABLE security_audit (
  seq BIGINT PRIMARY KEY,
  kind VARCHAR(40) NOT NULL,
  entry VARCHAR(32000) NOT NULL,
  previous CHAR(64) NOT NULL,
  hash CHAR(64) NOT NULL
);
