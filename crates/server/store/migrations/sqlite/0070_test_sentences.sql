-- Sentences by which the team tests the AI agent of a site, and what it did when they last accepted it.
CREATE TABLE test_sentences (
    site BIGINT NOT NULL,
    position BIGINT NOT NULL,
    text TEXT NOT NULL,
    -- In words; empty before the first time.
    accepted TEXT NOT NULL,
    accepted_at BIGINT,
    PRIMARY KEY (site, position)
) WITHOUT ROWID;
