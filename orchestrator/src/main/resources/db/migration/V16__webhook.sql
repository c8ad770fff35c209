-- What a webhook is still to be told, in the order of the journal. Valid for H2 and PostgreSQL.
CREATE TABLE webhook_delivery (
  seq BIGINT PRIMARY KEY,
  run VARCHAR(255) NOT NULL,
  body VARCHAR(20000) NOT NULL,
  due_at BIGINT NOT NULL,
  tries INTEGER NOT NULL,
  since BIGINT NOT NULL
);
CREATE INDEX webhook_delivery_run ON webhook_delivery (run, seq);
