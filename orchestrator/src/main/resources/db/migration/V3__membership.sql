-- Which nodes there are, by the clock of the database. Valid for H2 and PostgreSQL.
CREATE TABLE node (
  name VARCHAR(64) PRIMARY KEY,
  address VARCHAR(300) NOT NULL,
  incarnation VARCHAR(64) NOT NULL,
  roles VARCHAR(100) NOT NULL,
  joined BOOLEAN NOT NULL,
  beat_at TIMESTAMP WITH TIME ZONE NOT NULL,
  drained_at TIMESTAMP WITH TIME ZONE
);

-- The one cluster of this database: whoever forms a new one changes its generation.
CREATE TABLE cluster_generation (
  id INTEGER PRIMARY KEY,
  generation BIGINT NOT NULL
);
INSERT INTO cluster_generation (id, generation) VALUES (1, 0);

-- What only one may hold at a time, until it is renewed no longer.
CREATE TABLE lease (
  name VARCHAR(200) PRIMARY KEY,
  owner VARCHAR(300) NOT NULL,
  held_until TIMESTAMP WITH TIME ZONE NOT NULL
);
