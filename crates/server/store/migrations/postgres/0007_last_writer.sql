-- Which server wrote last: what it knows of before is still so, if that was itself. One row.
CREATE TABLE last_writer (
    teller BIGINT NOT NULL
);
INSERT INTO last_writer (teller) VALUES (0);
