-- Who writes the results of a run that has ended, of several orchestrators: the first that says so. An ending is told apart by its
-- time, since a run can be taken up again. Valid for H2 and PostgreSQL.
CREATE TABLE results_owner (
  run VARCHAR(255) PRIMARY KEY,
  ended_at BIGINT NOT NULL,
  owner VARCHAR(300) NOT NULL
);
