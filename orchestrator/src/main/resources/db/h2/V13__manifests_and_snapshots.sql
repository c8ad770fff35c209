-- What is too long for an event or a message: plans of runs, and lists of inputs. Deflated.
CREATE TABLE manifest (
  digest CHAR(64) PRIMARY KEY,
  content BLOB NOT NULL
);

-- The snapshots of pekko-persistence-jdbc.
CREATE TABLE snapshot (
  persistence_id VARCHAR(255) NOT NULL,
  sequence_number BIGINT NOT NULL,
  created BIGINT NOT NULL,
  snapshot_ser_id INTEGER NOT NULL,
  snapshot_ser_manifest VARCHAR(255) NOT NULL,
  snapshot_payload BLOB NOT NULL,
  meta_ser_id INTEGER,
  meta_ser_manifest VARCHAR(255),
  meta_payload BLOB,
  PRIMARY KEY (persistence_id, sequence_number)
);
