-- Conditions that the team uses again and again.
CREATE TABLE segment_templates (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    body TEXT NOT NULL
) WITHOUT ROWID;
