-- Tags of the workspace.
CREATE TABLE tags (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    color TEXT NOT NULL
) WITHOUT ROWID;
-- Facts: the tags that leads have.
CREATE TABLE lead_tags (
    lead BLOB NOT NULL,
    tag BLOB NOT NULL,
    member BLOB,
    at BIGINT NOT NULL,
    PRIMARY KEY (lead, tag)
) WITHOUT ROWID;
CREATE INDEX lead_tags_by_tag ON lead_tags (tag, lead);
