-- Facts that came in a burst: kept, not summed up yet, done in this order.
CREATE TABLE backlog (
    number INTEGER PRIMARY KEY,
    site BIGINT NOT NULL,
    visitor BLOB NOT NULL,
    signals BIGINT NOT NULL,
    batch TEXT NOT NULL
);
