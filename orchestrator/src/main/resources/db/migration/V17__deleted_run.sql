-- Runs that were deleted: whoever finds files of one later may remove them. Valid for H2 and PostgreSQL.
CREATE TABLE deleted_run (
  run VARCHAR(255) PRIMARY KEY,
  deleted_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL
);
