-- Batches that wait are bytes. Those that wait already stay what they are: JSON, as its bytes.
CREATE TABLE backlog_of_bytes (
    number INTEGER PRIMARY KEY,
    site BIGINT NOT NULL,
    visitor BLOB NOT NULL,
    signals BIGINT NOT NULL,
    batch BLOB NOT NULL
);
INSERT INTO backlog_of_bytes (number, site, visitor, signals, batch)
SELECT number, site, visitor, signals, CAST(batch AS BLOB) FROM backlog;
DROP TABLE backlog;
ALTER TABLE backlog_of_bytes RENAME TO backlog;
