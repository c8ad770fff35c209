-- How often the owner has moved on while it writes, so that one that stands still is told from one at work. Valid for H2 and PostgreSQL.
ALTER TABLE results_owner ADD COLUMN beat BIGINT DEFAULT 0 NOT NULL;
