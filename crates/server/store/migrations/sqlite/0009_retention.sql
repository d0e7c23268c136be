-- Facts: what is left of signals that are no longer kept, from one claim on a browser to the next.
CREATE TABLE carry_overs (
    site BIGINT NOT NULL,
    visitor BLOB NOT NULL,
    from_at BIGINT NOT NULL,
    evidence TEXT NOT NULL,
    signals BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    first_view TEXT,
    PRIMARY KEY (site, visitor, from_at)
) WITHOUT ROWID;

-- The history of a bucket before the last of these is not folded again: its changes are facts.
CREATE TABLE horizons (at BIGINT NOT NULL PRIMARY KEY) WITHOUT ROWID;

-- The name that came with a claim whose signal is no longer kept.
ALTER TABLE claims ADD COLUMN person TEXT NOT NULL DEFAULT '';
