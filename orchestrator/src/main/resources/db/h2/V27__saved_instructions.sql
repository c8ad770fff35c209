-- Texts of instructions that somebody saved over, and what was saved: a file holds one text, and a run may never have taken the
-- others. Deflated.
CREATE TABLE saved_instruction (
  workforce VARCHAR(255) NOT NULL,
  worker VARCHAR(255) NOT NULL,
  number BIGINT NOT NULL,
  saved_at BIGINT NOT NULL,
  saved_by VARCHAR(255),
  folder VARCHAR(4096) NOT NULL,
  digest CHAR(64) NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (workforce, worker, number)
);
