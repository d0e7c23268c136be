-- Internal notes: what members write to each other in a conversation. No lead sees them.
CREATE TABLE notes (
    id BYTEA NOT NULL PRIMARY KEY,
    conversation BYTEA NOT NULL,
    member BYTEA NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX notes_by_conversation ON notes (conversation, at);
