-- By which words runs are found: each tag as it is and its key alone, in small letters. Filled and emptied with the table run.
CREATE TABLE run_tag (
  tag VARCHAR(127) NOT NULL,
  run VARCHAR(255) NOT NULL,
  PRIMARY KEY (tag, run)
);
CREATE INDEX run_tag_run ON run_tag (run);
