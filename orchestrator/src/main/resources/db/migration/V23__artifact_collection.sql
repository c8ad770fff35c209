-- One row: which database this is, so that nobody removes what another one names from a folder that both use, when contents that
-- nobody names are looked for again, and what was found the last time. Valid for H2 and PostgreSQL.
CREATE TABLE artifact_collection (
  id INTEGER PRIMARY KEY,
  store VARCHAR(64) NOT NULL,
  due_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
  ended_at BIGINT,
  node VARCHAR(255),
  looked BIGINT DEFAULT 0 NOT NULL,
  removed BIGINT DEFAULT 0 NOT NULL,
  bytes BIGINT DEFAULT 0 NOT NULL,
  said VARCHAR(1000)
);
