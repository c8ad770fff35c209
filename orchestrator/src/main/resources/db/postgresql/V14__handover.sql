-- What workers hand to those that rest on them, by SHA-256: an assignment names what its worker gets, and never lists it. It goes
-- with its run. Deflated.
CREATE TABLE handover (
  run VARCHAR(255) COLLATE "C" NOT NULL,
  digest CHAR(64) NOT NULL,
  content BYTEA NOT NULL,
  PRIMARY KEY (run, digest)
);
