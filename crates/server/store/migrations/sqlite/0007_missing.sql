-- Which numbers of a visit are missing and how late its signals go, by the visit: those of now lie side by side.
-- Where that is not known yet, it is read off the signals.
ALTER TABLE visits RENAME TO old_visits;
DROP INDEX visits_by_start;
CREATE TABLE visits (
    site BIGINT NOT NULL,
    session BLOB NOT NULL,
    visitor BLOB NOT NULL,
    highest BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    missing BLOB,
    last_at BIGINT,
    PRIMARY KEY (site, session, visitor)
) WITHOUT ROWID;
INSERT INTO visits (site, session, visitor, highest, seen) SELECT site, session, visitor, highest, seen FROM old_visits;
DROP TABLE old_visits;
