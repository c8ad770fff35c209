-- How far each reader of the journal's tail has come. Whoever holds a row for a transaction owns that reader so long.
CREATE TABLE tail_offset (
  reader VARCHAR(64) COLLATE "C" PRIMARY KEY,
  seq BIGINT NOT NULL,
  version INTEGER NOT NULL
);

-- Collations are named, since this server may have any: what is sorted here and what Java sorts must be the same, and every order
-- and beginning is found by an index.
-- What the reader `runs` makes of the journal; it can be dropped and built anew. -1 and '' stand for what there is not, so that
-- every order is one index. What is longer than a million characters goes on in `more`.
CREATE TABLE run (
  id VARCHAR(255) COLLATE "C" PRIMARY KEY,
  workforce VARCHAR(255) COLLATE "C" NOT NULL,
  phase VARCHAR(16) COLLATE "C" NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT NOT NULL,
  words VARCHAR(10000) COLLATE "C" NOT NULL,
  state VARCHAR(1000000) NOT NULL,
  more TEXT
);
CREATE INDEX run_workforce ON run (workforce, id);
CREATE INDEX run_phase ON run (phase, id);
CREATE INDEX run_started_at ON run (started_at, id);

CREATE TABLE worker (
  run VARCHAR(255) COLLATE "C" NOT NULL,
  id VARCHAR(255) COLLATE "C" NOT NULL,
  place INTEGER NOT NULL,
  title VARCHAR(300) COLLATE "C" NOT NULL,
  wave INTEGER NOT NULL,
  phase VARCHAR(20) COLLATE "C" NOT NULL,
  attempt INTEGER NOT NULL,
  interruptions INTEGER NOT NULL,
  node VARCHAR(255) COLLATE "C" NOT NULL,
  weak BOOLEAN NOT NULL,
  started_at BIGINT NOT NULL,
  settled_at BIGINT NOT NULL,
  took_millis BIGINT,
  busy_since BIGINT,
  words VARCHAR(10000) COLLATE "C" NOT NULL,
  state VARCHAR(1000000) NOT NULL,
  more TEXT,
  PRIMARY KEY (run, id)
);
CREATE INDEX worker_wave ON worker (run, wave, id);
CREATE INDEX worker_phase ON worker (run, phase, wave, id);
CREATE INDEX worker_started_at ON worker (run, started_at, id);
CREATE INDEX worker_settled_at ON worker (run, settled_at, id);

CREATE TABLE approval (
  id VARCHAR(255) COLLATE "C" NOT NULL,
  gate VARCHAR(255) COLLATE "C" NOT NULL,
  asked BIGINT NOT NULL,
  worker VARCHAR(255) COLLATE "C" NOT NULL,
  kind VARCHAR(100) COLLATE "C" NOT NULL,
  risk VARCHAR(16) COLLATE "C" NOT NULL,
  state VARCHAR(16) COLLATE "C" NOT NULL,
  may_have_run BOOLEAN NOT NULL,
  requested_at BIGINT NOT NULL,
  deadline BIGINT NOT NULL,
  words VARCHAR(10000) COLLATE "C" NOT NULL,
  told VARCHAR(1000000) NOT NULL,
  more TEXT,
  PRIMARY KEY (gate, id)
);
CREATE INDEX approval_gate ON approval (gate, requested_at, id);
CREATE INDEX approval_state ON approval (state, requested_at, id);
CREATE INDEX approval_requested_at ON approval (requested_at, id);
