-- Facts: what a visitor did in a conversation beside writing.
CREATE TABLE visitor_facts (
    id BLOB NOT NULL PRIMARY KEY,
    conversation BLOB NOT NULL,
    at BIGINT NOT NULL,
    what TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX visitor_facts_by_conversation ON visitor_facts (conversation, at);
