-- Who asked for a sub-worker; empty for workers of the plan. Valid for H2 and PostgreSQL.
ALTER TABLE worker ADD COLUMN parent VARCHAR(255) DEFAULT '' NOT NULL;

CREATE INDEX worker_parent ON worker (run, parent, wave, id);
