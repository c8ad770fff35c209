-- By which the events of all workers of a run are found: the order of the primary key is the server's, which may be any, and knows
-- no beginnings. H2 finds them by its primary key.
CREATE INDEX event_journal_beginning ON event_journal (persistence_id varchar_pattern_ops, ordering);
