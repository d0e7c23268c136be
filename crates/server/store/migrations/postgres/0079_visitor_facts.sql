-- Facts: what a visitor did in a conversation beside writing.
CREATE TABLE visitor_facts (
    id BYTEA NOT NULL PRIMARY KEY,
    conversation BYTEA NOT NULL,
    at BIGINT NOT NULL,
    what TEXT COLLATE "C" NOT NULL
);
CREATE INDEX visitor_facts_by_conversation ON visitor_facts (conversation, at);
