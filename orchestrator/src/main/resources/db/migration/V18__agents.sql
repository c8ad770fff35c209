-- What agents tried and may use. Valid for H2 and PostgreSQL.

-- What the journal told the audit log, each thing once however often it is read.
CREATE TABLE audited_once (
  source VARCHAR(300) PRIMARY KEY,
  seq BIGINT NOT NULL
);

CREATE INDEX security_audit_kind ON security_audit (kind, seq);

-- What the agents of a run, or of one of its waves, have used, and hold for calls under way.
CREATE TABLE agent_budget (
  run VARCHAR(255) NOT NULL,
  scope VARCHAR(40) NOT NULL,
  turns BIGINT NOT NULL,
  tokens BIGINT NOT NULL,
  cost_micros BIGINT NOT NULL,
  millis BIGINT NOT NULL,
  held_turns BIGINT NOT NULL,
  held_tokens BIGINT NOT NULL,
  held_cost_micros BIGINT NOT NULL,
  PRIMARY KEY (run, scope)
);

-- The part of each worker in it.
CREATE TABLE agent_claim (
  run VARCHAR(255) NOT NULL,
  worker VARCHAR(255) NOT NULL,
  turns BIGINT NOT NULL,
  tokens BIGINT NOT NULL,
  cost_micros BIGINT NOT NULL,
  millis BIGINT NOT NULL,
  held_turns BIGINT NOT NULL,
  held_tokens BIGINT NOT NULL,
  held_cost_micros BIGINT NOT NULL,
  PRIMARY KEY (run, worker)
);

-- Who was asked for as much again, and said yes.
CREATE TABLE agent_raise (
  run VARCHAR(255) NOT NULL,
  scope VARCHAR(40) NOT NULL,
  source VARCHAR(300) NOT NULL,
  PRIMARY KEY (run, scope, source)
);
