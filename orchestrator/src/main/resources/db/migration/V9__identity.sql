-- Who may call the API besides the owner of the data folder. Passwords, tokens and sessions are only kept as hashes. Valid for H2 and PostgreSQL.
CREATE TABLE identity_user (
  name VARCHAR(64) PRIMARY KEY,
  password VARCHAR(100) NOT NULL,
  password_at BIGINT NOT NULL,
  roles VARCHAR(100) NOT NULL,
  workforce VARCHAR(255),
  created_at BIGINT NOT NULL,
  created_by VARCHAR(255) NOT NULL,
  disabled_at BIGINT
);
CREATE TABLE identity_token (
  id VARCHAR(32) PRIMARY KEY,
  name VARCHAR(64) NOT NULL,
  hash CHAR(64) NOT NULL,
  person VARCHAR(255) NOT NULL,
  roles VARCHAR(100) NOT NULL,
  workforce VARCHAR(255),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE TABLE identity_session (
  hash CHAR(64) PRIMARY KEY,
  csrf_hash CHAR(64) NOT NULL,
  subject VARCHAR(255) NOT NULL,
  opened_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX identity_session_expires_at ON identity_session (expires_at);
CREATE TABLE identity_key (
  purpose VARCHAR(64) PRIMARY KEY,
  secret VARCHAR(200) NOT NULL,
  made_at BIGINT NOT NULL
);
