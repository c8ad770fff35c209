-- Values that operations are given by name. Encrypted (AES-GCM) with a key that is not in this database. Valid for H2 and PostgreSQL.
CREATE TABLE secret (
  name VARCHAR(64) PRIMARY KEY,
  sealed VARCHAR(100000) NOT NULL,
  key_id CHAR(16) NOT NULL,
  set_at BIGINT NOT NULL,
  set_by VARCHAR(255) NOT NULL
);
