-- Which content is the log of an attempt that has ended. The contents themselves are in a folder: H2 is for one JVM.
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
