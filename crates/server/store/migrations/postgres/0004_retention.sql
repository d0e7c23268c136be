-- Facts: what is left of signals that are no longer kept, from one claim on a browser to the next.
CREATE TABLE carry_overs (
    site BIGINT NOT NULL,
    visitor BYTEA NOT NULL,
    from_at BIGINT NOT NULL,
    evidence TEXT COLLATE "C" NOT NULL,
    signals BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    first_view TEXT COLLATE "C",
    PRIMARY KEY (site, visitor, from_at)
);

-- The history of a bucket before the last of these is not folded again: its changes are facts.
CREATE TABLE horizons (at BIGINT NOT NULL PRIMARY KEY);

-- The name that came with a claim whose signal is no longer kept.
ALTER TABLE claims ADD COLUMN person TEXT COLLATE "C" NOT NULL DEFAULT '';
