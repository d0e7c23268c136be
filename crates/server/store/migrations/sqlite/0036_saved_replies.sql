-- Texts that members send again and again: the team's, and those of a member.
CREATE TABLE saved_replies (
    id BLOB NOT NULL PRIMARY KEY,
    member BLOB,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL
) WITHOUT ROWID;
