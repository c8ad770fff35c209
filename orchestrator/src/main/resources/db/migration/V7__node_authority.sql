-- Who signs the certificates by which the nodes of this database know one another, oldest first. Valid for H2 and PostgreSQL.
CREATE TABLE node_authority (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  certificate VARCHAR(8000) NOT NULL,
  private_key VARCHAR(8000) NOT NULL,
  signs_from BIGINT NOT NULL
);
