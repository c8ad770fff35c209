-- How it was found out whom a question goes to. Valid for H2 and PostgreSQL.
ALTER TABLE room_message ADD COLUMN floor VARCHAR(300);
