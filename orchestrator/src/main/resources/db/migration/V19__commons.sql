-- What the workers of a run share, keep and say. Valid for H2 and PostgreSQL.
CREATE TABLE shared_value (
  run VARCHAR(255) NOT NULL,
  name VARCHAR(100) NOT NULL,
  version BIGINT NOT NULL,
  content VARCHAR(16000) NOT NULL,
  worker VARCHAR(255) NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (run, name)
);
CREATE TABLE worker_note (
  run VARCHAR(255) NOT NULL,
  worker VARCHAR(255) NOT NULL,
  number BIGINT NOT NULL,
  name VARCHAR(100) NOT NULL,
  content VARCHAR(4000) NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (run, worker, number)
);
CREATE TABLE room_message (
  run VARCHAR(255) NOT NULL,
  wave INTEGER NOT NULL,
  number BIGINT NOT NULL,
  worker VARCHAR(255) NOT NULL,
  addressee VARCHAR(255),
  answers BIGINT,
  waits_until BIGINT,
  content VARCHAR(16000) NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (run, wave, number)
);
