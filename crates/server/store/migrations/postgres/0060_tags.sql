-- Tags of the workspace.
CREATE TABLE tags (
    id BYTEA NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    color TEXT COLLATE "C" NOT NULL
);
-- Facts: the tags that leads have.
CREATE TABLE lead_tags (
    lead BYTEA NOT NULL,
    tag BYTEA NOT NULL,
    member BYTEA,
    at BIGINT NOT NULL,
    PRIMARY KEY (lead, tag)
);
CREATE INDEX lead_tags_by_tag ON lead_tags (tag, lead);
