-- Derived: when which browser's signals arrived, a row a batch. It stands for two indexes with a row a signal, which made
-- storing one a third dearer: with this the newest signals of a site are found, and those that were kept for long enough;
-- what a browser did is read by its key.
CREATE TABLE arrivals (
    site BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    visitor BLOB NOT NULL,
    PRIMARY KEY (site, received_at, visitor)
) WITHOUT ROWID;
INSERT INTO arrivals (site, received_at, visitor) SELECT DISTINCT site, received_at, visitor FROM signals;
DROP INDEX signals_by_instant;
DROP INDEX signals_by_arrival;
