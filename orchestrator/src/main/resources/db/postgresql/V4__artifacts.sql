-- What nodes hand each other where they share no folder: contents by their SHA-256. The large object is
-- written in the same transaction as its row, so that one is there exactly when the other is.
CREATE TABLE artifact (
  sha256 CHAR(64) PRIMARY KEY,
  content OID NOT NULL,
  bytes BIGINT NOT NULL,
  stored_at BIGINT NOT NULL
);

-- Which content is the log of an attempt that has ended, and on which node it ran.
CREATE TABLE attempt_log (
  run VARCHAR(128) NOT NULL,
  worker VARCHAR(128) NOT NULL,
  attempt INTEGER NOT NULL,
  sha256 CHAR(64) NOT NULL,
  bytes BIGINT NOT NULL,
  node VARCHAR(255) NOT NULL,
  stored_at BIGINT NOT NULL,
  PRIMARY KEY (run, worker, attempt)
);
