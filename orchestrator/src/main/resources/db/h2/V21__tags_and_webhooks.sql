-- By which words runs are found: each tag as it is and its key alone, in small letters. Filled and emptied with the table run.
CREATE TABLE run_tag (
  tag VARCHAR(127) NOT NULL,
  run VARCHAR(255) NOT NULL,
  PRIMARY KEY (tag, run)
);
CREATE INDEX run_tag_run ON run_tag (run);

-- Several are told, each of what it wants, and one that does not answer holds up no other.
ALTER TABLE webhook_delivery ADD COLUMN target VARCHAR(40) DEFAULT 'webhook' NOT NULL;
ALTER TABLE webhook_delivery DROP PRIMARY KEY;
ALTER TABLE webhook_delivery ADD PRIMARY KEY (target, seq);
DROP INDEX webhook_delivery_run;
CREATE INDEX webhook_delivery_run ON webhook_delivery (target, run, seq);
