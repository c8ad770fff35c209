-- The journal of pekko-persistence-jdbc.
CREATE TABLE event_journal (
  ordering BIGSERIAL UNIQUE,
  deleted BOOLEAN DEFAULT FALSE NOT NULL,
  persistence_id VARCHAR(255) NOT NULL,
  sequence_number BIGINT NOT NULL,
  writer VARCHAR(255) NOT NULL,
  write_timestamp BIGINT NOT NULL,
  adapter_manifest VARCHAR(255) NOT NULL,
  event_payload BYTEA NOT NULL,
  event_ser_id INTEGER NOT NULL,
  event_ser_manifest VARCHAR(255) NOT NULL,
  meta_payload BYTEA,
  meta_ser_id INTEGER,
  meta_ser_manifest VARCHAR(255),
  PRIMARY KEY (persistence_id, sequence_number)
);

CREATE TABLE event_tag (
  event_id BIGINT NOT NULL,
  tag VARCHAR(255) NOT NULL,
  PRIMARY KEY (event_id, tag),
  CONSTRAINT fk_event_journal FOREIGN KEY (event_id) REFERENCES event_journal (ordering) ON DELETE CASCADE
);

-- One row for each text of an instruction file ever run, with what it was compiled to.
CREATE TABLE instruction (
  digest CHAR(64) PRIMARY KEY,
  source_text BYTEA NOT NULL,
  compiled BYTEA NOT NULL
);
