-- Internal notes: what members write to each other in a conversation. No lead sees them.
CREATE TABLE notes (
    id BLOB NOT NULL PRIMARY KEY,
    conversation BLOB NOT NULL,
    member BLOB NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX notes_by_conversation ON notes (conversation, at);
