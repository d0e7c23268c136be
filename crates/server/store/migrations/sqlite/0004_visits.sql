-- Derived: how far the numbers of a visit's signals went, and how many different ones are here.
CREATE TABLE visits (
    site BIGINT NOT NULL,
    visitor BLOB NOT NULL,
    session BLOB NOT NULL,
    highest BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    PRIMARY KEY (site, visitor, session)
) WITHOUT ROWID;
CREATE INDEX visits_by_start ON visits (site, session);
INSERT INTO visits (site, visitor, session, highest, seen)
SELECT site, visitor, session, MAX(seq), COUNT(DISTINCT seq) FROM signals
WHERE seq BETWEEN 1 AND 100000 GROUP BY site, visitor, session;
